output "alarm_arns" {
  description = "ARN of each alarm, keyed <thing>-<what>, for example report-generator-errors, and as in var.alarms: what a rollback or a composite names."
  value       = module.alarms.alarm_arns
}

output "alarm_names" {
  description = "Name of each alarm, keyed as alarm_arns."
  value       = module.alarms.alarm_names
}

output "dashboard_name" {
  description = "Name of the dashboard, as the console lists it."
  value       = module.dashboard.dashboard_name
}

output "topic_arn" {
  description = "ARN of the topic of own_topic; null without it."
  value       = one(module.topic[*].topic_arns["alarms"])
}
