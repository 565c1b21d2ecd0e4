output "archive_arn" {
  description = "ARN of the archive that a replay reads; null without one."
  value       = one(aws_cloudwatch_event_archive.this[*].arn)
}

output "bus_arn" {
  description = "ARN of the bus; null with existing_bus."
  value       = one(aws_cloudwatch_event_bus.this[*].arn)
}

output "bus_name" {
  description = "Name of the bus that events are put on."
  value       = local.bus_name
}

output "rule_arns" {
  description = "ARN of each rule, keyed as in var.rules: the source that a Lambda permission or a queue policy names."
  value       = { for key, rule in aws_cloudwatch_event_rule.this : key => rule.arn }
}

output "rule_names" {
  description = "Name of each rule, keyed as in var.rules: the dimension of its alarms."
  value       = { for key, rule in aws_cloudwatch_event_rule.this : key => rule.name }
}

output "schema_registry_name" {
  description = "Name of the registry for published schemas; null without one."
  value       = one(aws_schemas_registry.this[*].name)
}
