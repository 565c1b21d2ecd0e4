module "given" {
  source = "./prerequisites"
  name   = "acme-workers"
}

module "workers" {
  source = "./modules/patterns/workers"

  name                  = "acme-workers"
  instance_profile_name = module.given.instance_profile_name
  subnet_ids            = values(module.given.subnet_ids)
  security_group_ids    = [module.given.security_group_id]
  alarm_topic_arns      = [module.given.topic_arn]

  fleets = {
    imports = {
      ami            = { parameter_name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" }
      instance_types = ["t4g.medium"]
      capacity       = { minimum = 1, maximum = 4 }
    }
  }
}
