data "aws_iam_policy_document" "this" {
  for_each = var.policies

  dynamic "statement" {
    for_each = each.value.statements

    content {
      sid       = statement.key
      effect    = statement.value.effect
      actions   = statement.value.actions
      resources = statement.value.resources

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

resource "aws_iam_policy" "this" {
  for_each = var.policies

  name        = "${var.name}-${each.key}"
  path        = var.path
  description = each.value.description
  policy      = data.aws_iam_policy_document.this[each.key].minified_json
  tags        = var.tags

  lifecycle {
    precondition {
      # White space is not counted: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
      condition     = length(data.aws_iam_policy_document.this[each.key].minified_json) <= 6144
      error_message = "A managed policy holds at most 6,144 characters; ${each.key} has ${length(data.aws_iam_policy_document.this[each.key].minified_json)}. Split it by task."
    }
  }
}
