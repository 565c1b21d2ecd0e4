resource "aws_sqs_queue" "dead_letter" {
  for_each = local.with_dead_letter

  name = "${var.name}-${each.key}-dlq${local.suffix[each.key]}"
  # A moved message keeps its first timestamp, so this must outlast the source queue's retention.
  message_retention_seconds = each.value.dead_letter.retention_days * 86400
  # What the source let in must fit here too.
  max_message_size = each.value.max_message_kib * 1024

  fifo_queue                  = each.value.fifo ? true : null
  content_based_deduplication = each.value.fifo ? each.value.content_based_deduplication : null

  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = var.kms_key_arn == null ? null : var.kms_data_key_reuse_seconds
  sqs_managed_sse_enabled           = local.managed_encryption

  tags = var.tags
}

# Without it any queue of the account may use this one as its dead-letter queue.
resource "aws_sqs_queue_redrive_allow_policy" "dead_letter" {
  for_each = local.with_dead_letter

  queue_url = aws_sqs_queue.dead_letter[each.key].url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.this[each.key].arn]
  })
}

resource "aws_sqs_queue_redrive_allow_policy" "this" {
  for_each = var.queues

  queue_url = aws_sqs_queue.this[each.key].url
  redrive_allow_policy = (
    length(each.value.redrive_source_arns) == 0
    ? jsonencode({ redrivePermission = "denyAll" })
    : jsonencode({ redrivePermission = "byQueue", sourceQueueArns = sort(each.value.redrive_source_arns) })
  )
}
