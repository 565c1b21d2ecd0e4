data "aws_iam_policy_document" "this" {
  for_each = var.queues

  statement {
    sid       = "DenyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.this[each.key].arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  dynamic "statement" {
    for_each = each.value.policy_statements
    content {
      sid       = statement.key
      actions   = [for action in statement.value.actions : "sqs:${action}"]
      resources = [aws_sqs_queue.this[each.key].arn]
      dynamic "principals" {
        for_each = length(statement.value.services) > 0 ? [statement.value.services] : []
        content {
          type        = "Service"
          identifiers = principals.value
        }
      }
      dynamic "principals" {
        for_each = length(statement.value.principal_arns) > 0 ? [statement.value.principal_arns] : []
        content {
          type        = "AWS"
          identifiers = principals.value
        }
      }
      dynamic "condition" {
        for_each = statement.value.conditions
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_sqs_queue_policy" "this" {
  for_each = var.queues

  queue_url = aws_sqs_queue.this[each.key].url
  policy    = data.aws_iam_policy_document.this[each.key].json
}

data "aws_iam_policy_document" "dead_letter" {
  for_each = local.with_dead_letter

  statement {
    sid       = "DenyWithoutTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.dead_letter[each.key].arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "dead_letter" {
  for_each = local.with_dead_letter

  queue_url = aws_sqs_queue.dead_letter[each.key].url
  policy    = data.aws_iam_policy_document.dead_letter[each.key].json
}
