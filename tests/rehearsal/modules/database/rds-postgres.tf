module "given" {
  source = "./prerequisites"
  name   = "acme-postgres"
}

module "database" {
  source = "./modules/database/rds-postgres"

  name                           = "acme-postgres"
  instance_class                 = "db.t4g.micro"
  kms_key_arn                    = module.given.key_arn
  subnet_ids                     = values(module.given.subnet_ids)
  security_group_ids             = [module.given.security_group_id]
  alarm_topic_arns               = [module.given.topic_arn]
  deletion_protection            = false
  allow_destroy_without_snapshot = true
  secret_recovery_window_days    = 0

  multi_az           = true
  replicas           = { reports = { multi_az = true } }
  parameters         = { log_min_duration_statement = "500" }
  log_retention_days = 365
}

module "proxy" {
  source = "./modules/database/rds-proxy"

  name               = "acme-postgres"
  account_id         = module.given.account_id
  kms_key_arn        = module.given.key_arn
  subnet_ids         = values(module.given.subnet_ids)
  security_group_ids = [module.given.security_group_id]
  secret_arns        = { app = module.database.connection_secret_arn }
  target             = { instance_identifier = module.database.identifier }
  log_retention_days = 365
}
