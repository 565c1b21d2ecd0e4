output "vpc_id" {
  description = "Id of the VPC."
  value       = module.vpc.vpc_id
}

output "vpc_cidr_block" {
  description = "IPv4 range of the VPC."
  value       = module.vpc.vpc_cidr_block
}

output "subnet_ids" {
  description = "Id of each subnet, by tier and availability zone."
  value       = module.subnets.subnet_ids
}

output "route_table_ids" {
  description = "Id of each subnet's route table, by tier and availability zone."
  value       = module.subnets.route_table_ids
}

output "security_group_ids" {
  description = "Id of each security group, keyed as in security_groups, and of \"endpoints\" where interface endpoints exist."
  value       = module.security_groups.security_group_ids
}

output "network_acl_ids" {
  description = "Id of each tier's network ACL."
  value       = module.network_acls.network_acl_ids
}

output "vpc_endpoint_ids" {
  description = "Id of each endpoint, keyed by service."
  value       = module.vpc_endpoints.vpc_endpoint_ids
}

output "interface_endpoint_zones" {
  description = "Zones in which interface endpoints have an address; empty without such endpoints."
  value       = length(var.interface_endpoints) == 0 ? [] : local.interface_endpoint_zones
}

output "prefix_list_ids" {
  description = "Prefix list of each gateway endpoint, keyed by service, for security groups of other units."
  value       = module.vpc_endpoints.prefix_list_ids
}

output "nat_public_ips" {
  description = "Public address of each NAT gateway, keyed by availability zone; empty without one."
  value       = length(module.nat_gateway) == 0 ? {} : module.nat_gateway[0].nat_public_ips
}

output "flow_log_group_name" {
  description = "Log group of the flow log; null when it goes to S3 or is switched off."
  value       = module.vpc.flow_log_group_name
}
