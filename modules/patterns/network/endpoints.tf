locals {
  # Read from the variable alone: try() over ids that do not exist yet would make the whole map unknown in a plan.
  _private_zones           = try(keys(var.tiers["private"].zones), [])
  interface_endpoint_zones = var.interface_endpoint_zones == null ? local._private_zones : sort(var.interface_endpoint_zones)
}

module "vpc_endpoints" {
  source = "../../networking/vpc-endpoints"

  name              = var.name
  account_id        = var.account_id
  vpc_id            = module.vpc.vpc_id
  gateway_endpoints = var.gateway_endpoints
  route_table_ids = merge([
    for tier, zones in module.subnets.route_table_ids : { for zone, id in zones : "${tier}/${zone}" => id }
  ]...)

  interface_endpoints = var.interface_endpoints
  subnet_ids          = { for zone in local.interface_endpoint_zones : zone => module.subnets.subnet_ids["private"][zone] }
  security_group_ids  = [for key, id in module.security_groups.security_group_ids : id if key == local.endpoint_group]
  tags                = var.tags
}
