data "aws_iam_policy_document" "this" {
  count = length(var.policy_statements) > 0 ? 1 : 0

  dynamic "statement" {
    for_each = var.policy_statements

    content {
      sid       = statement.key
      effect    = statement.value.effect
      actions   = statement.value.actions
      resources = [aws_dynamodb_table.this.arn, "${aws_dynamodb_table.this.arn}/index/*"]

      principals {
        type        = contains(statement.value.principal_arns, "*") ? "*" : "AWS"
        identifiers = statement.value.principal_arns
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

resource "aws_dynamodb_resource_policy" "this" {
  count = length(var.policy_statements) > 0 ? 1 : 0

  resource_arn = aws_dynamodb_table.this.arn
  policy       = data.aws_iam_policy_document.this[0].json
}
