locals {
  # The API adds no suffix of its own: a FIFO queue is one because its name ends in .fifo.
  suffix = { for key, queue in var.queues : key => queue.fifo ? ".fifo" : "" }

  # What other services put their failures into has nowhere further to go.
  with_dead_letter = { for key, queue in var.queues : key => queue if !queue.holds_failures }

  # A CMK where one is given, else the key that SQS manages: never plain text.
  managed_encryption = var.kms_key_arn == null ? true : null
}

resource "aws_sqs_queue" "this" {
  for_each = var.queues

  name                       = "${var.name}-${each.key}${local.suffix[each.key]}"
  delay_seconds              = each.value.delay_seconds
  max_message_size           = each.value.max_message_kib * 1024
  message_retention_seconds  = coalesce(each.value.retention_days, each.value.holds_failures ? 14 : 4) * 86400
  receive_wait_time_seconds  = each.value.receive_wait_seconds
  visibility_timeout_seconds = each.value.visibility_timeout_seconds

  # Null and not false: SQS refuses the attributes on a standard queue, whatever their value.
  fifo_queue                  = each.value.fifo ? true : null
  content_based_deduplication = each.value.fifo ? each.value.content_based_deduplication : null
  deduplication_scope         = each.value.fifo ? (each.value.high_throughput ? "messageGroup" : "queue") : null
  fifo_throughput_limit       = each.value.fifo ? (each.value.high_throughput ? "perMessageGroupId" : "perQueue") : null

  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = var.kms_key_arn == null ? null : var.kms_data_key_reuse_seconds
  sqs_managed_sse_enabled           = local.managed_encryption

  tags = var.tags
}

# A resource of its own, so that a queue and its dead-letter queue are made side by side: the
# provider waits about 25 s for each.
resource "aws_sqs_queue_redrive_policy" "this" {
  for_each = local.with_dead_letter

  queue_url = aws_sqs_queue.this[each.key].url
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter[each.key].arn
    maxReceiveCount     = each.value.dead_letter.max_receive_count
  })
}
