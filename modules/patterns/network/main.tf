locals {
  # A subnet is given by its number within the VPC, so that the address plan stays the only place with addresses.
  tier_cidrs = {
    for tier, spec in var.tiers : tier => {
      for zone, number in spec.zones : zone => cidrsubnet(var.vpc_cidr_block, spec.newbits, number)
    }
  }

  # Only tiers that may call out: a database has no business on the internet, and public subnets have their own gateway.
  private_route_tables = { for tier, zones in module.subnets.route_table_ids : tier => zones if tier == "private" }
}

module "vpc" {
  source = "../../networking/vpc"

  name                          = var.name
  account_id                    = var.account_id
  cidr_block                    = var.vpc_cidr_block
  block_public_access_exclusion = var.block_public_access_exclusion
  flow_logs                     = var.flow_logs
  kms_key_arn                   = var.kms_key_arn
  log_retention_days            = var.log_retention_days
  permissions_boundary_arn      = var.permissions_boundary_arn
  tags                          = var.tags
}

module "subnets" {
  source = "../../networking/subnets"

  name           = var.name
  vpc_id         = module.vpc.vpc_id
  vpc_cidr_block = var.vpc_cidr_block
  tiers          = local.tier_cidrs
  tags           = var.tags
}

module "internet_gateway" {
  source = "../../networking/internet-gateway"
  count  = contains(keys(var.tiers), "public") ? 1 : 0

  name                   = var.name
  vpc_id                 = module.vpc.vpc_id
  public_route_table_ids = module.subnets.route_table_ids["public"]
  tags                   = var.tags
}

module "nat_gateway" {
  source = "../../networking/nat-gateway"
  count  = length(var.nat_gateway_zones) > 0 ? 1 : 0

  name                    = var.name
  public_subnet_ids       = { for zone in var.nat_gateway_zones : zone => module.subnets.subnet_ids["public"][zone] }
  private_route_table_ids = local.private_route_tables
  tags                    = var.tags

  # AWS refuses a public NAT gateway in a VPC whose internet gateway is not attached yet.
  depends_on = [module.internet_gateway]
}

module "network_acls" {
  source = "../../security/nacl"

  name   = var.name
  vpc_id = module.vpc.vpc_id
  acls = {
    for tier, rules in local.network_acls : tier => merge(rules, { subnet_ids = module.subnets.subnet_ids[tier] })
  }
  tags = var.tags
}
