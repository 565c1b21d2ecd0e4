module "given" {
  source = "./prerequisites"
  name   = "acme-opensearch"
}

module "search" {
  source = "./modules/database/opensearch"

  name               = "acme-opensearch"
  account_id         = module.given.account_id
  kms_key_arn        = module.given.key_arn
  master_role_arn    = module.given.role_arn
  nodes              = { type = "t3.small.search", count = 2 }
  dedicated_masters  = { type = "t3.small.search" }
  zone_count         = 2
  subnet_ids         = values(module.given.subnet_ids)
  security_group_ids = [module.given.security_group_id]
  alarm_topic_arns   = [module.given.topic_arn]
  log_retention_days = 365
}
