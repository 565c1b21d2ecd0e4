data "aws_iam_policy_document" "permissions" {
  for_each = { for key, role in var.roles : key => role if length(role.statements) > 0 }

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

# In line, not a managed policy: these permissions belong to this role alone and end with it.
resource "aws_iam_role_policy" "this" {
  for_each = data.aws_iam_policy_document.permissions

  name   = "permissions"
  role   = aws_iam_role.this[each.key].name
  policy = each.value.minified_json

  lifecycle {
    precondition {
      # IAM counts all in-line policies of a role together, white space left out:
      # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
      condition     = length(each.value.minified_json) <= 10240
      error_message = "The in-line policy of a role holds at most 10,240 characters; role ${each.key} has ${length(each.value.minified_json)}. Move statements to a managed policy."
    }
  }
}
