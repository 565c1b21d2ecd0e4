output "access_log_group_name" {
  description = "Log group of the API's access log."
  value       = module.api.access_log_group_name
}

output "api_id" {
  description = "Id of the API."
  value       = module.api.api_id
}

output "api_name" {
  description = "Name of the API: the dimension of its alarms."
  value       = module.api.name
}

output "client_certificates" {
  description = "What HTTP back ends trust (pem) and until when (expires), keyed by name."
  value       = module.api.client_certificates
}

output "domain_target" {
  description = "What an alias record of the custom domain points to (name, zone_id); null without one."
  value       = module.api.domain_target
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

output "invoke_url" {
  description = "Address of the stage; the document's paths follow it."
  value       = module.api.invoke_url
}

output "log_group_names" {
  description = "Log group of each function, keyed as in var.functions."
  value       = { for key, function in module.function : key => function.log_group_name }
}

output "public_operations" {
  description = "Operations that anybody may call, as in var.public_operations; every other call has to be signed."
  value       = var.public_operations
}

output "stage_arn" {
  description = "ARN of the stage, for a web ACL that another unit makes."
  value       = module.api.stage_arn
}

output "stage_name" {
  description = "Name of the stage."
  value       = module.api.stage_name
}

output "usage_plan_ids" {
  description = "Id of each usage plan, keyed as in var.usage_plans: what a key is attached to."
  value       = module.api.usage_plan_ids
}
