output "archive_arn" {
  description = "ARN of the bus's archive, which a replay reads."
  value       = module.events.archive_arn
}

output "bus_arn" {
  description = "ARN of the bus."
  value       = module.events.bus_arn
}

output "bus_name" {
  description = "Name of the bus, which publishers and rules of other units name."
  value       = module.events.bus_name
}

output "dead_letter_queue_names" {
  description = "Name of each function's queue of failures, keyed as in var.functions."
  value       = { for key in keys(var.functions) : key => module.failures.queue_names["${key}-dlq"] }
}

output "dead_letter_queue_urls" {
  description = "URL of each function's queue of failures, keyed as in var.functions: where a person reads what went wrong."
  value       = { for key in keys(var.functions) : key => module.failures.queue_urls["${key}-dlq"] }
}

output "function_arns" {
  description = "ARN of each function's alias, keyed as in var.functions: what a caller names."
  value       = { for key, function in module.function : key => function.alias_arn }
}

output "function_names" {
  description = "Name of each function, keyed as in var.functions: the dimension of its alarms."
  value       = { for key, function in module.function : key => function.name }
}

output "function_timeouts_seconds" {
  description = "Longest run of each function, keyed as in var.functions: what its duration alarm compares with."
  value       = local.timeouts
}

output "log_group_names" {
  description = "Log group of each function, keyed as in var.functions."
  value       = { for key, function in module.function : key => function.log_group_name }
}

output "rule_names" {
  description = "Name of each rule, keyed as in var.rules and var.schedules."
  value       = module.events.rule_names
}

output "stream_functions" {
  description = "Keys of the functions that read a stream: those whose iterator age matters."
  value       = [for key, function in var.functions : key if function.stream != null]
}
