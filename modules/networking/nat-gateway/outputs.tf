output "nat_gateway_ids" {
  description = "Id of each NAT gateway, keyed by availability zone."
  value       = { for zone, gateway in aws_nat_gateway.this : zone => gateway.id }
}

output "nat_public_ips" {
  description = "Public address of each NAT gateway, keyed by availability zone: what partners allow."
  value       = { for zone, address in aws_eip.this : zone => address.public_ip }
}

output "gateway_zones" {
  description = "Zone of the gateway that serves each private route table, keyed by \"tier/zone\"."
  value       = { for key, route in local.routes : key => route.gateway_zone }
}
