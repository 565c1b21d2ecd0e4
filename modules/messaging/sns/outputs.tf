output "subscription_arns" {
  description = "ARN of each subscription, keyed <topic>/<subscription>."
  value       = { for key, subscription in aws_sns_topic_subscription.this : key => subscription.arn }
}

output "topic_arns" {
  description = "ARN of each topic, keyed as in var.topics; known once its policy stands, so that a publisher is not refused."
  value       = { for key, topic in aws_sns_topic.this : key => topic.arn }
  depends_on  = [aws_sns_topic_policy.this]
}

output "topic_names" {
  description = "Name of each topic, keyed as in var.topics: the dimension of its alarms."
  value       = { for key, topic in aws_sns_topic.this : key => topic.name }
}
