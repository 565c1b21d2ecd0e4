module "given" {
  source = "./prerequisites"
  name   = "acme-search"
}

module "search" {
  source = "./modules/patterns/search"

  name               = "acme-search"
  account_id         = module.given.account_id
  subnet_ids         = values(module.given.subnet_ids)
  security_group_ids = [module.given.security_group_id]
  kms_key_arn        = module.given.key_arn
  master_role_arn    = module.given.role_arn

  domains = {
    products = { nodes = { type = "t3.small.search", count = 2 }, zone_count = 2, dedicated_masters = { type = "t3.small.search" } }
  }
}
