module "given" {
  source = "./prerequisites"
  name   = "acme-cache"
}

module "cache" {
  source = "./modules/caching/elasticache"

  name                = "acme-cache"
  subnet_ids          = values(module.given.subnet_ids)
  security_group_ids  = [module.given.security_group_id]
  kms_key_arn         = module.given.key_arn
  alarm_topic_arns    = [module.given.topic_arn]
  skip_final_snapshot = true
  users = {
    web    = { access_string = "on ~session:* +@read +@write" }
    report = { access_string = "on ~* +@read" }
  }
  parameters         = { "maxmemory-policy" = "allkeys-lru" }
  log_retention_days = 365
  tags               = { System = "rehearsal" }
}

module "cluster" {
  source = "./modules/caching/elasticache"

  name                = "acme-cache-shards"
  subnet_ids          = values(module.given.subnet_ids)
  security_group_ids  = [module.given.security_group_id]
  skip_final_snapshot = true
  shards              = 2
  users               = { web = { access_string = "on ~* +@all" } }
}
