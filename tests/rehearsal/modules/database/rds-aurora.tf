module "given" {
  source = "./prerequisites"
  name   = "acme-aurora"
}

module "database" {
  source = "./modules/database/rds-aurora"

  name                           = "acme-aurora"
  kms_key_arn                    = module.given.key_arn
  subnet_ids                     = values(module.given.subnet_ids)
  security_group_ids             = [module.given.security_group_id]
  alarm_topic_arns               = [module.given.topic_arn]
  deletion_protection            = false
  allow_destroy_without_snapshot = true
  secret_recovery_window_days    = 0

  instances = {
    one = { class = "db.serverless" }
    two = { class = "db.serverless", promotion_tier = 2 }
  }
  serverless         = { minimum = 0.5, maximum = 4 }
  reader_autoscaling = { minimum = 1, maximum = 3 }
  log_retention_days = 365
}
