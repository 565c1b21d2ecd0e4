locals {
  # "You can't use Condition blocks in Amazon SNS topic policies for EventBridge":
  # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
  without_conditions = ["events.amazonaws.com"]
}

# Replaces the API's default policy, which any principal of the account may use. Principals of the
# account then need what their own IAM policy grants, and nothing more is granted here.
data "aws_iam_policy_document" "this" {
  for_each = var.topics

  statement {
    sid    = "DenyWithoutTls"
    effect = "Deny"
    # sns:* is no valid action in a topic policy; Publish is the one that carries data.
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.this[each.key].arn]
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
      actions   = [for action in statement.value.actions : "sns:${action}"]
      resources = [aws_sns_topic.this[each.key].arn]
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

resource "aws_sns_topic_policy" "this" {
  for_each = var.topics

  arn    = aws_sns_topic.this[each.key].arn
  policy = data.aws_iam_policy_document.this[each.key].json
}
