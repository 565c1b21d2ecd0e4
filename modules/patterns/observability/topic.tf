# For a system that has nobody else to tell; one that has the platform's topic takes alarm_topic_arns.
module "topic" {
  source = "../../messaging/sns"
  count  = var.own_topic == null ? 0 : 1

  name        = var.name
  kms_key_arn = var.own_topic.kms_key_arn
  topics = {
    alarms = {
      policy_statements = {
        FromAlarms = {
          services   = ["cloudwatch.amazonaws.com"]
          conditions = { account = { test = "StringEquals", variable = "aws:SourceAccount", values = [var.account_id] } }
        }
      }
      subscriptions = var.own_topic.subscriptions
    }
  }
  tags = var.tags
}

locals {
  topic_arns = setunion(var.alarm_topic_arns, module.topic[*].topic_arns["alarms"])
}
