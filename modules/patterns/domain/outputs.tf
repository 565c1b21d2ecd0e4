output "certificate_arn" {
  description = "ARN of the certificate, known once it is issued; null without a domain."
  value       = one(module.certificate[*].certificate_arn)
}

output "domain_name" {
  description = "The domain; null without one."
  value       = try(var.domain.name, null)
}

output "hosts" {
  description = "Names before the domain that the certificate covers; empty without a domain."
  value       = var.domain == null ? [] : sort(var.domain.hosts)
}

output "name_servers" {
  description = "Name servers to enter with the parent domain's owner; empty without a zone of its own."
  value       = flatten(module.zone[*].name_servers)
}

output "plain_http" {
  description = "Whether a load balancer may serve plain HTTP: there is no domain, and that was allowed."
  value       = var.domain == null && var.allow_plain_http
}

output "zone_id" {
  description = "Zone of the domain; null without one."
  value       = local.zone_id
}
