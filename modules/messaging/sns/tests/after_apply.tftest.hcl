# What a plan cannot show, because it is made of ARNs that AWS gives.
mock_provider "aws" {
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:111111111111:mock" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name        = "acme"
  kms_key_arn = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
  topics = {
    alerts = { subscriptions = { on-call = { protocol = "email", endpoint = "on-call@example.com" } } }
    orders = {}
  }
}

run "topics_and_subscriptions_are_joined_and_come_out_by_key" {
  assert {
    condition     = aws_sns_topic_subscription.this["alerts/on-call"].topic_arn == aws_sns_topic.this["alerts"].arn
    error_message = "got ${aws_sns_topic_subscription.this["alerts/on-call"].topic_arn}"
  }

  assert {
    condition     = aws_sns_topic_policy.this["orders"].arn == aws_sns_topic.this["orders"].arn
    error_message = "got ${aws_sns_topic_policy.this["orders"].arn}"
  }

  assert {
    condition     = output.topic_arns == { for key, topic in aws_sns_topic.this : key => topic.arn } && keys(output.topic_arns) == ["alerts", "orders"]
    error_message = "got ${jsonencode(output.topic_arns)}"
  }

  assert {
    condition     = output.subscription_arns == { "alerts/on-call" = aws_sns_topic_subscription.this["alerts/on-call"].arn }
    error_message = "got ${jsonencode(output.subscription_arns)}"
  }
}
