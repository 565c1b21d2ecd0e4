# In a secret's policy the resource "*" is the secret that carries it.
data "aws_iam_policy_document" "this" {
  for_each = { for key, secret in var.secrets : key => secret if length(secret.reader_arns) > 0 }

  statement {
    sid       = "Read"
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = each.value.reader_arns
    }
  }

  # Whatever their own policies say, others do not read it.
  statement {
    sid       = "DenyOtherReaders"
    effect    = "Deny"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = concat(tolist(each.value.reader_arns), tolist(var.administrator_arns))
    }
  }
}

resource "aws_secretsmanager_secret_policy" "this" {
  for_each = data.aws_iam_policy_document.this

  secret_arn          = aws_secretsmanager_secret.this[each.key].arn
  policy              = each.value.json
  block_public_policy = true
}
