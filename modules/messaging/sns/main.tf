locals {
  # One role and one rate for every protocol: what a log is worth depends on the topic, not on who reads it.
  log_role_arns    = { for key, topic in var.topics : key => one(topic.delivery_log[*].role_arn) }
  log_sample_rates = { for key, topic in var.topics : key => one(topic.delivery_log[*].success_percent) }
}

resource "aws_sns_topic" "this" {
  for_each = var.topics

  # The API adds no suffix of its own: a FIFO topic is one because its name ends in .fifo.
  name         = "${var.name}-${each.key}${each.value.fifo ? ".fifo" : ""}"
  display_name = each.value.display_name

  fifo_topic                  = each.value.fifo ? true : null
  content_based_deduplication = each.value.fifo ? each.value.content_based_deduplication : null

  kms_master_key_id = var.kms_key_arn
  # Version 2 signs messages with SHA-256; the API's own default is still SHA-1.
  signature_version = each.value.fifo ? null : 2
  tracing_config    = each.value.fifo ? null : (each.value.trace ? "Active" : "PassThrough")

  firehose_failure_feedback_role_arn    = local.log_role_arns[each.key]
  firehose_success_feedback_role_arn    = local.log_role_arns[each.key]
  firehose_success_feedback_sample_rate = local.log_sample_rates[each.key]
  http_failure_feedback_role_arn        = local.log_role_arns[each.key]
  http_success_feedback_role_arn        = local.log_role_arns[each.key]
  http_success_feedback_sample_rate     = local.log_sample_rates[each.key]
  lambda_failure_feedback_role_arn      = local.log_role_arns[each.key]
  lambda_success_feedback_role_arn      = local.log_role_arns[each.key]
  lambda_success_feedback_sample_rate   = local.log_sample_rates[each.key]
  sqs_failure_feedback_role_arn         = local.log_role_arns[each.key]
  sqs_success_feedback_role_arn         = local.log_role_arns[each.key]
  sqs_success_feedback_sample_rate      = local.log_sample_rates[each.key]

  tags = var.tags
}
