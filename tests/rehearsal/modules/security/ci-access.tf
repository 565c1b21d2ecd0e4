module "given" {
  source = "./prerequisites"
  name   = "acme-ci"
}

module "ci" {
  source = "./modules/security/ci-access"

  name               = "acme-ci"
  account_id         = module.given.account_id
  repository         = "acme/infrastructure"
  github_environment = "dev"
  apply_policy_arns  = { power = "arn:aws:iam::aws:policy/PowerUserAccess" }

  states = {
    us-east-1 = { bucket_name = module.given.log_bucket.name, kms_alias = "alias/acme-ci" }
  }
}

# Another environment of the same account.
module "second" {
  source = "./modules/security/ci-access"

  name               = "acme-ci-second"
  account_id         = module.given.account_id
  repository         = "acme/infrastructure"
  github_environment = "staging"
  apply_policy_arns  = { power = "arn:aws:iam::aws:policy/PowerUserAccess" }
  identity_provider  = { arn = module.ci.provider_arn }

  states = {
    us-east-1 = { bucket_name = module.given.log_bucket.name, kms_alias = "alias/acme-ci" }
  }
}
