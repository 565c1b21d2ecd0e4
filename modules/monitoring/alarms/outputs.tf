output "alarm_arns" {
  description = "ARN of each alarm, composite ones included, keyed as in var.alarms: what an alarm widget or a rollback names."
  value = merge(
    { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.arn },
    { for key, alarm in aws_cloudwatch_composite_alarm.this : key => alarm.arn },
  )
}

output "alarm_names" {
  description = "Name of each alarm, composite ones included, keyed as in var.alarms."
  value = merge(
    { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.alarm_name },
    { for key, alarm in aws_cloudwatch_composite_alarm.this : key => alarm.alarm_name },
  )
}
