output "alias_arn" {
  description = "ARN of the alias: what events, queues and topics name as their target."
  value       = aws_lambda_alias.this.arn
  depends_on  = [aws_lambda_permission.trigger]
}

output "arn" {
  description = "ARN of the function itself, without a version."
  value       = aws_lambda_function.this.arn
}

output "event_source_uuids" {
  description = "Ids of the event source mappings, keyed as in var.event_sources."
  value       = { for key, mapping in aws_lambda_event_source_mapping.this : key => mapping.uuid }
}

output "function_url" {
  description = "HTTPS address for signed calls; null without var.function_url."
  value       = one(aws_lambda_function_url.this[*].function_url)
}

output "invoke_arn" {
  description = "ARN that an API names in its integration; it calls the alias."
  value       = aws_lambda_alias.this.invoke_arn
}

output "log_group_arn" {
  description = "ARN of the log group."
  value       = aws_cloudwatch_log_group.this.arn
}

output "log_group_name" {
  description = "Name of the log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "name" {
  description = "Name of the function, as metrics and alarms spell it."
  value       = aws_lambda_function.this.function_name
}

output "timeout_seconds" {
  description = "Longest run, as in var.timeout_seconds: what a duration alarm compares with."
  value       = aws_lambda_function.this.timeout
}

output "version" {
  description = "Version just published."
  value       = aws_lambda_function.this.version
}
