module "given" {
  source = "./prerequisites"
  name   = "acme-endpoints"
}

module "vpc_endpoints" {
  source = "./modules/networking/vpc-endpoints"

  name       = "acme-endpoints"
  account_id = module.given.account_id
  vpc_id     = module.given.vpc_id

  gateway_endpoints = { s3 = {}, dynamodb = {} }
  route_table_ids   = module.given.route_table_ids

  interface_endpoints = { events = {}, "ecr.api" = {} }
  subnet_ids          = module.given.subnet_ids
  security_group_ids  = [module.given.security_group_id]
}
