output "domain_arns" {
  description = "ARN of each domain, keyed as in var.domains."
  value       = { for key, domain in module.domain : key => domain.domain_arn }
}

output "domain_names" {
  description = "Name of each domain, keyed as in var.domains: the dimension of its metrics."
  value       = { for key, domain in module.domain : key => domain.domain_name }
}

output "endpoints" {
  description = "Host of each domain that clients sign requests for, without https://, keyed as in var.domains."
  value       = { for key, domain in module.domain : key => domain.endpoint }
}
