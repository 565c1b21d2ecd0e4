module "given" {
  source = "./prerequisites"
  name   = "acme-fleet"
}

module "workers" {
  source = "./modules/compute/ec2"

  name                  = "acme-fleet"
  ami                   = { parameter_name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" }
  instance_types        = ["t4g.small", "t4g.medium"]
  instance_profile_name = module.given.instance_profile_name
  security_group_ids    = [module.given.security_group_id]
  subnet_ids            = values(module.given.subnet_ids)
  kms_key_arn           = module.given.key_arn

  capacity     = { minimum = 1, maximum = 4 }
  spot         = { on_demand_base = 1, on_demand_percent = 0 }
  data_volumes = { "/dev/sdf" = { size_gb = 50 } }
  schedules = {
    evening = { recurrence = "0 20 * * 1-5", minimum = 0, maximum = 0, timezone = "Europe/Berlin" }
    morning = { recurrence = "0 7 * * 1-5", minimum = 1, maximum = 4, timezone = "Europe/Berlin" }
  }
  snapshots = { role_arn = module.given.role_arn }
  tags      = { System = "rehearsal" }
}
