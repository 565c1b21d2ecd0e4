module "given" {
  source = "./prerequisites"
  name   = "acme-build"
}

module "build" {
  source = "./modules/delivery/container-build"

  name        = "acme-build"
  role_arn    = module.given.role_arn
  kms_key_arn = module.given.key_arn
  docker = {
    repository_url = "111111111111.dkr.ecr.us-east-1.amazonaws.com/shop/cart"
    context        = "services/cart"
    dockerfile     = "services/cart/Dockerfile"
    test_commands  = ["python -m pytest"]
  }
  secret_arns = { PACKAGE_TOKEN = "arn:aws:secretsmanager:us-east-1:111111111111:secret:packages-AbCdEf" }
  vpc = {
    vpc_id             = module.given.vpc_id
    subnet_ids         = values(module.given.subnet_ids)
    security_group_ids = [module.given.security_group_id]
  }
  log_retention_days = 365
}
