locals {
  queue_alarms = {
    for key, queue_name in var.dead_letter_queues : "${key}-dead-letters" => merge(local.plain, {
      description = "${queue_name} holds what failed for good: read it, mend the cause, send it again within 14 days."
      threshold   = 0
      metric = {
        namespace  = "AWS/SQS"
        name       = "ApproximateNumberOfMessagesVisible"
        dimensions = { QueueName = queue_name }
        statistic  = "Maximum"
      }
    })
  }
}
