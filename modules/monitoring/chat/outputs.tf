output "configuration_arns" {
  description = "ARN of each room's configuration, keyed as in var.slack_channels."
  value       = { for key, channel in aws_chatbot_slack_channel_configuration.this : key => channel.chat_configuration_arn }
}

output "role_arn" {
  description = "ARN of the role that the rooms read with; null without rooms."
  value       = one(aws_iam_role.this[*].arn)
}
