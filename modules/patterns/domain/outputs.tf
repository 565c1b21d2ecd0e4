# Empty, never null: a state does not keep an output that is null, and a unit that depends on it would find none.
output "certificate_arn" {
  description = "ARN of the certificate, known once it is issued; empty without a domain."
  value       = join("", module.certificate[*].certificate_arn)
}

output "domain_name" {
  description = "The domain; empty without one."
  value       = var.domain == null ? "" : var.domain.name
}

output "ds_record" {
  description = "DS record to enter with the parent domain's owner once the zone is signed; empty without dnssec."
  value       = join("", compact(module.zone[*].ds_record))
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
  description = "Zone of the domain; empty without one."
  value       = var.domain == null ? "" : local.zone_id
}
