module "given" {
  source = "./prerequisites"
  name   = "acme-cluster"
}

module "cluster" {
  source = "./modules/compute/ecs-cluster"

  name = "acme-cluster"
  default_strategy = {
    FARGATE      = { base = 1 }
    FARGATE_SPOT = { weight = 3 }
  }
  kms_key            = { arn = module.given.key_arn }
  log_retention_days = 365
}
