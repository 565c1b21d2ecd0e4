output "alarm_arn" {
  description = "ARN of the alarm on the share of runs that succeed."
  value       = aws_cloudwatch_metric_alarm.success.arn
}

output "alarm_name" {
  description = "Name of the alarm, which a deployment can be stopped by."
  value       = aws_cloudwatch_metric_alarm.success.alarm_name
}

output "canary_arn" {
  description = "ARN of the canary."
  value       = aws_synthetics_canary.this.arn
}

output "canary_name" {
  description = "Name of the canary: the dimension of its metrics."
  value       = aws_synthetics_canary.this.name
}
