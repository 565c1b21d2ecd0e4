data "aws_partition" "current" {}

locals {
  state_bucket_arns = [for state in var.states : "arn:${data.aws_partition.current.partition}:s3:::${state.bucket_name}"]
}

# Reading state is reading everything, so it is given here by name and not by a wide read policy. A plan locks, too.
data "aws_iam_policy_document" "state" {
  for_each = local.subjects

  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = local.state_bucket_arns
  }

  statement {
    sid       = "ReadState"
    actions   = ["s3:GetObject"]
    resources = [for bucket in local.state_bucket_arns : "${bucket}/*"]
  }

  statement {
    sid       = "Lock"
    actions   = ["s3:DeleteObject", "s3:PutObject"]
    resources = [for bucket in local.state_bucket_arns : "${bucket}/*.tflock"]
  }

  dynamic "statement" {
    for_each = each.key == "apply" ? [1] : []

    content {
      sid       = "WriteState"
      actions   = ["s3:PutObject"]
      resources = [for bucket in local.state_bucket_arns : "${bucket}/*.tfstate"]
    }
  }

  # A key is known by its alias only, and IAM takes no alias for a resource: the condition says which keys are meant.
  statement {
    sid       = "UseStateKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [for region in keys(var.states) : "arn:${data.aws_partition.current.partition}:kms:${region}:${var.account_id}:key/*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = distinct([for state in var.states : state.kms_alias])
    }
  }
}

resource "aws_iam_role_policy" "state" {
  for_each = local.subjects

  name   = "state"
  role   = aws_iam_role.this[each.key].name
  policy = data.aws_iam_policy_document.state[each.key].json
}
