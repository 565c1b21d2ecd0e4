module "given" {
  source = "./prerequisites"
  name   = "acme-tasks"
}

module "containers" {
  source = "./modules/patterns/containers"

  name       = "acme-tasks"
  account_id = module.given.account_id
  network = {
    vpc_id             = module.given.vpc_id
    subnet_ids         = values(module.given.subnet_ids)
    security_group_ids = [module.given.security_group_id]
  }

  services = {
    fulfilment = { port = 8080, task = { cpu = 512, memory_mb = 1024 }, scaling = { minimum = 2, maximum = 8 }, spot_weight = 2 }
  }

  kms_key            = { arn = module.given.key_arn }
  alarm_topic_arns   = [module.given.topic_arn]
  log_retention_days = 365
}
