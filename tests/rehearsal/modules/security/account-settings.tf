module "given" {
  source = "./prerequisites"
  name   = "acme-settings"
}

# The only root that sets these: an account and region have them once.
module "account_settings" {
  source = "./modules/security/account-settings"

  name       = "acme-settings"
  account_id = module.given.account_id

  ebs_encryption          = { kms_key = { arn = module.given.key_arn } }
  ecr_scanning            = { type = "ENHANCED" }
  password_policy         = { minimum_length = 20 }
  vpc_block_public_access = { mode = "block-ingress" }
  xray_encryption         = { kms_key_arn = module.given.key_arn }
}
