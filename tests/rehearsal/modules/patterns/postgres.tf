module "given" {
  source = "./prerequisites"
  name   = "acme-db"
}

module "instance" {
  source = "./modules/patterns/postgres"

  name        = "acme-db"
  account_id  = module.given.account_id
  kms_key_arn = module.given.key_arn
  subnet_ids  = values(module.given.subnet_ids)
  own_group = {
    vpc_id           = module.given.vpc_id
    client_group_ids = { tasks = module.given.security_group_id }
  }
  deletion_protection            = false
  allow_destroy_without_snapshot = true
  secret_recovery_window_days    = 0

  engine_version      = "15"
  instance            = { class = "db.t4g.micro", storage = { allocated_gb = 20, maximum_gb = 50 } }
  application_secrets = { SECRET_KEY = { description = "Signs the sessions of the shop" } }
  alarm_topic_arns    = [module.given.topic_arn]
}

module "cluster" {
  source = "./modules/patterns/postgres"

  name                           = "acme-db-cluster"
  account_id                     = module.given.account_id
  kms_key_arn                    = module.given.key_arn
  subnet_ids                     = values(module.given.subnet_ids)
  security_group_ids             = [module.given.security_group_id]
  deletion_protection            = false
  allow_destroy_without_snapshot = true
  secret_recovery_window_days    = 0

  aurora = {
    instances  = { one = { class = "db.serverless" } }
    serverless = { minimum = 0.5, maximum = 2 }
  }
  proxy = { security_group_ids = [module.given.security_group_id] }
}
