data "aws_partition" "current" {}

locals {
  _trust_statements = {
    for key, role in var.roles : key => {
      Services = {
        action      = "sts:AssumeRole"
        type        = "Service"
        identifiers = tolist(role.trust.services)
        conditions  = role.trust.conditions
      }
      Principals = {
        action = "sts:AssumeRole"
        type   = "AWS"
        identifiers = concat(
          [for account in role.trust.accounts : "arn:${data.aws_partition.current.partition}:iam::${account}:root"],
          tolist(role.trust.principal_arns),
        )
        conditions = role.trust.conditions
      }
      Oidc = {
        action      = "sts:AssumeRoleWithWebIdentity"
        type        = "Federated"
        identifiers = role.trust.oidc[*].provider_arn
        conditions  = merge(role.trust.oidc[*].conditions...)
      }
    }
  }
}

data "aws_iam_policy_document" "trust" {
  for_each = local._trust_statements

  dynamic "statement" {
    for_each = { for sid, statement in each.value : sid => statement if length(statement.identifiers) > 0 }

    content {
      sid     = statement.key
      actions = [statement.value.action]

      principals {
        type        = statement.value.type
        identifiers = statement.value.identifiers
      }

      dynamic "condition" {
        for_each = merge([
          for test, variables in statement.value.conditions : {
            for variable, values in variables : "${test}/${variable}" => { test = test, variable = variable, values = values }
          }
        ]...)

        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}
