output "configuration_set_name" {
  description = "Name of the configuration set that the identities send through."
  value       = module.mail.configuration_set_name
}

output "dead_letter_queue_names" {
  description = "Name of each mailer's queue of failures, keyed as in var.mailers."
  value       = { for key in keys(var.mailers) : key => module.failures.queue_names["${key}-dlq"] }
}

output "dead_letter_queue_urls" {
  description = "URL of each mailer's queue of failures, keyed as in var.mailers: where a person reads what went wrong."
  value       = { for key in keys(var.mailers) : key => module.failures.queue_urls["${key}-dlq"] }
}

output "dns_records" {
  description = "Records that the zone of each sending domain needs, keyed as in var.identities."
  value       = module.mail.dns_records
}

output "function_arns" {
  description = "ARN of each mailer's alias, keyed as in var.mailers."
  value       = { for key, mailer in module.mailer : key => mailer.alias_arn }
}

output "function_names" {
  description = "Name of each mailer, keyed as in var.mailers: the dimension of its alarms."
  value       = { for key, mailer in module.mailer : key => mailer.name }
}

output "function_timeouts_seconds" {
  description = "Longest run of each mailer, keyed as in var.mailers: what its duration alarm compares with."
  value       = local.timeouts
}

output "identity_arns" {
  description = "ARN of each identity, keyed as in var.identities."
  value       = module.mail.identity_arns
}

output "log_group_names" {
  description = "Log group of each mailer, keyed as in var.mailers."
  value       = { for key, mailer in module.mailer : key => mailer.log_group_name }
}

output "template_names" {
  description = "Name of each mail template, keyed as in var.templates."
  value       = module.mail.template_names
}

output "topic_arns" {
  description = "ARN of each topic, keyed as in var.topics: what others subscribe to."
  value       = module.topics.topic_arns
}
