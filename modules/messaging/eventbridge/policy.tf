# Principals of the bus's own account need no statement: their IAM policy is enough.
data "aws_iam_policy_document" "this" {
  count = var.existing_bus == null && length(var.policy_statements) > 0 ? 1 : 0

  dynamic "statement" {
    for_each = var.policy_statements
    content {
      sid       = statement.key
      actions   = ["events:PutEvents"]
      resources = [aws_cloudwatch_event_bus.this[0].arn]
      principals {
        type        = "AWS"
        identifiers = [for account_id in statement.value.account_ids : "arn:${data.aws_partition.current.partition}:iam::${account_id}:root"]
      }
      dynamic "condition" {
        for_each = length(statement.value.sources) > 0 ? [statement.value.sources] : []
        content {
          test     = "StringEquals"
          variable = "events:source"
          values   = condition.value
        }
      }
      dynamic "condition" {
        for_each = length(statement.value.detail_types) > 0 ? [statement.value.detail_types] : []
        content {
          test     = "StringEquals"
          variable = "events:detail-type"
          values   = condition.value
        }
      }
    }
  }
}

data "aws_partition" "current" {}

resource "aws_cloudwatch_event_bus_policy" "this" {
  count = length(data.aws_iam_policy_document.this)

  event_bus_name = aws_cloudwatch_event_bus.this[0].name
  policy         = data.aws_iam_policy_document.this[0].json
}
