output "nat_gateway_ids" {
  description = "Id of each NAT gateway, keyed by availability zone."
  value       = { for zone, gateway in aws_nat_gateway.this : zone => gateway.id }
}

output "nat_public_ips" {
  description = "Public address of each NAT gateway, keyed by availability zone: what partners allow."
  value       = { for zone, address in aws_eip.this : zone => address.public_ip }
}
