output "namespace_id" {
  description = "Id of the namespace."
  value       = aws_service_discovery_private_dns_namespace.this.id
}

output "namespace_arn" {
  description = "ARN of the namespace."
  value       = aws_service_discovery_private_dns_namespace.this.arn
}

output "zone_id" {
  description = "Private hosted zone that Cloud Map made for the namespace."
  value       = aws_service_discovery_private_dns_namespace.this.hosted_zone
}

output "service_arns" {
  description = "ARN of each service, keyed as in services: what an ECS service registers with."
  value       = { for key, service in aws_service_discovery_service.this : key => service.arn }
}

output "service_names" {
  description = "Whole DNS name of each service, keyed as in services."
  value       = { for key in keys(var.services) : key => "${key}.${var.namespace}" }
}
