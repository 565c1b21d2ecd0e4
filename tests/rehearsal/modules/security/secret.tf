module "given" {
  source = "./prerequisites"
  name   = "acme-secret"
}

module "secrets" {
  source = "./modules/security/secret"

  name                 = "acme-secret"
  kms_key_arn          = module.given.key_arn
  recovery_window_days = 0
  administrator_arns   = [module.given.role_arn]

  secrets = {
    partner-token = { description = "Opens the partner's API; put in by hand" }
    database = {
      description = "Opens the database"
      fields      = { username = "app" }
      generate    = {}
      reader_arns = [module.given.role_arn]
    }
  }

  parameters = {
    "partner/url" = { value = "https://partner.example/api" }
    "database"    = { secret = "database" }
  }
}
