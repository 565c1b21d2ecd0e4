output "dead_letter_queue_arns" {
  description = "ARN of each dead-letter queue, keyed as in var.queues; a queue that holds failures has none."
  value       = { for key, queue in aws_sqs_queue.dead_letter : key => queue.arn }
  depends_on  = [aws_sqs_queue_policy.dead_letter]
}

output "dead_letter_queue_names" {
  description = "Name of each dead-letter queue, keyed as in var.queues: the dimension of its alarms."
  value       = { for key, queue in aws_sqs_queue.dead_letter : key => queue.name }
}

output "queue_arns" {
  description = "ARN of each queue, keyed as in var.queues; known once its policy stands, so that a sender is not refused."
  value       = { for key, queue in aws_sqs_queue.this : key => queue.arn }
  depends_on  = [aws_sqs_queue_policy.this]
}

output "queue_names" {
  description = "Name of each queue, keyed as in var.queues: the dimension of its alarms."
  value       = { for key, queue in aws_sqs_queue.this : key => queue.name }
}

output "queue_urls" {
  description = "URL of each queue, keyed as in var.queues: what a client sends to."
  value       = { for key, queue in aws_sqs_queue.this : key => queue.url }
}
