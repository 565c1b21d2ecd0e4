module "given" {
  source = "./prerequisites"
  name   = "acme-image"
}

module "base_image" {
  source = "./modules/compute/golden-image"

  name                  = "acme-image"
  parent_image          = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-arm64/x.x.x"
  execution_role_arn    = module.given.role_arn
  instance_profile_name = module.given.instance_profile_name
  managed_components    = ["update-linux", "amazon-cloudwatch-agent-linux"]
  components = {
    harden = <<-EOT
      name: harden
      schemaVersion: 1.0
      phases:
        - name: build
          steps:
            - name: NoRootLogin
              action: ExecuteBash
              inputs:
                commands: ["passwd --lock root"]
    EOT
  }
  regions            = { us-east-1 = { kms_key_arn = module.given.key_arn, launch_account_ids = ["222222222222"] } }
  kms_key_arn        = module.given.key_arn
  log_bucket_name    = module.given.log_bucket.name
  sns_topic_arn      = module.given.topic_arn
  subnet_id          = module.given.subnet_ids["us-east-1a"]
  security_group_ids = [module.given.security_group_id]
}
