module "given" {
  source = "./prerequisites"
  name   = "acme-analytics"
}

module "logs" {
  source = "./modules/patterns/log-analytics"

  name            = "acme-analytics"
  account_id      = module.given.account_id
  first_day       = "2026/01/01"
  kms_key_arn     = module.given.key_arn
  log_bucket_name = module.given.log_bucket.name

  load_balancer_prefixes = { requests = "shop" }
  distributions          = { pages = { name = "acme-analytics", id = "E1EXAMPLE" } }
}
