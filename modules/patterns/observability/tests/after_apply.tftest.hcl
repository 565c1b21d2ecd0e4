# What a plan cannot show, because it is made of ARNs that AWS gives: whom the alarms tell, and the outputs.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:111111111111:acme-alarms" }
  }
  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = { arn = "arn:aws:cloudwatch:us-east-1:111111111111:alarm:mock" }
  }
}

variables {
  name               = "acme"
  account_id         = "111111111111"
  dead_letter_queues = { orders = "acme-orders-dlq" }
  own_topic          = { kms_key_arn = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001" }
}

run "the_own_topic_is_told_and_comes_out" {
  assert {
    condition     = output.topic_arn == "arn:aws:sns:us-east-1:111111111111:acme-alarms"
    error_message = "got ${output.topic_arn}"
  }

  assert {
    condition     = local.topic_arns == toset([output.topic_arn])
    error_message = "got ${jsonencode(local.topic_arns)}"
  }

  assert {
    condition     = output.alarm_arns == { orders-dead-letters = "arn:aws:cloudwatch:us-east-1:111111111111:alarm:mock" }
    error_message = "got ${jsonencode(output.alarm_arns)}"
  }
}

run "both_topics_are_told" {
  variables { alarm_topic_arns = ["arn:aws:sns:us-east-1:111111111111:platform-alerts"] }

  assert {
    condition     = local.topic_arns == toset([output.topic_arn, "arn:aws:sns:us-east-1:111111111111:platform-alerts"])
    error_message = "got ${jsonencode(local.topic_arns)}"
  }
}
