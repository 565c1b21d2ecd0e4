output "vpc_endpoint_ids" {
  description = "Id of each endpoint, keyed by service."
  value       = { for service, endpoint in merge(aws_vpc_endpoint.gateway, aws_vpc_endpoint.interface) : service => endpoint.id }
}

output "prefix_list_ids" {
  description = "Prefix list of each gateway endpoint, keyed by service: what a security group rule names to reach it."
  value       = { for service, endpoint in aws_vpc_endpoint.gateway : service => endpoint.prefix_list_id }
}

output "dns_names" {
  description = "First DNS name of each interface endpoint, keyed by service, for callers without private DNS."
  value       = { for service, endpoint in aws_vpc_endpoint.interface : service => endpoint.dns_entry[0].dns_name }
}
