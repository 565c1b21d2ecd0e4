# One provider an account: a second environment in the same account names the first one's.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.identity_provider == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = [local.audience]
  tags           = var.tags
}

locals {
  issuer       = "token.actions.githubusercontent.com"
  audience     = "sts.amazonaws.com"
  provider_arn = one(concat(var.identity_provider[*].arn, aws_iam_openid_connect_provider.github[*].arn))

  # Whoever can write a pull request may plan; only a run in the protected environment may apply.
  subjects = {
    plan  = concat(["repo:${var.repository}:pull_request"], [for branch in var.branches : "repo:${var.repository}:ref:refs/heads/${branch}"])
    apply = ["repo:${var.repository}:environment:${var.github_environment}"]
  }
}

data "aws_iam_policy_document" "trust" {
  for_each = local.subjects

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = [local.audience]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = each.value
    }
  }
}

resource "aws_iam_role" "this" {
  for_each = local.subjects

  name                 = "${var.name}-${each.key}"
  description          = "Lets GitHub runs of ${var.repository} ${each.key} ${var.github_environment}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  max_session_duration = var.max_session_seconds
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = merge(
    { for key, arn in var.plan_policy_arns : "plan/${key}" => { role = "plan", policy_arn = arn } },
    { for key, arn in var.apply_policy_arns : "apply/${key}" => { role = "apply", policy_arn = arn } },
  )

  role       = aws_iam_role.this[each.value.role].name
  policy_arn = each.value.policy_arn
}
