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
  subnet_ids = {
    for zone, id in try(module.subnets.subnet_ids["private"], {}) : zone => id
    if var.interface_endpoint_zones == null || contains(coalesce(var.interface_endpoint_zones, []), zone)
  }
  security_group_ids = [for key, id in module.security_groups.security_group_ids : id if key == local.endpoint_group]
  tags               = var.tags
}
