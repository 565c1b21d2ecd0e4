output "recorder_name" {
  description = "Name of the recorder; it runs."
  value       = aws_config_configuration_recorder.this.name
  depends_on  = [aws_config_configuration_recorder_status.this]
}

output "role_arn" {
  description = "ARN of the role that Config reads with."
  value       = aws_iam_role.this.arn
}

output "rule_arns" {
  description = "ARN of each rule, keyed as in var.rules."
  value       = { for key, rule in aws_config_config_rule.this : key => rule.arn }
}
