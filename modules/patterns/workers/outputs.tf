output "alarm_arns" {
  description = "ARN of each alarm, keyed <fleet>-memory and <fleet>-disk."
  value       = module.alarms.alarm_arns
}

output "group_names" {
  description = "Auto Scaling group of each fleet, keyed as in var.fleets: the dimension of its metrics."
  value       = { for key, fleet in module.fleet : key => fleet.group_name }
}

output "metrics_namespace" {
  description = "CloudWatch namespace of memory and disk: what the role of the workers may write to."
  value       = var.name
}
