module "given" {
  source = "./prerequisites"
  name   = "acme-logs"
}

module "archive" {
  source = "./modules/compute/lambda"

  name     = "acme-logs-archive"
  role_arn = module.given.role_arn
  package  = { filename = "artifacts/acme_logs.zip" }
  permissions = {
    logs = { principal = "logs.amazonaws.com", source_arn = "arn:aws:logs:us-east-1:111111111111:log-group:acme-logs-audit:*" }
  }
}

module "logs" {
  source = "./modules/monitoring/log-group"

  name               = "acme-logs"
  log_retention_days = 365
  log_groups = {
    api = {
      metric_filters = {
        errors = {
          pattern       = "{ $.level = \"ERROR\" }"
          namespace     = "acme/logs"
          metric_name   = "ApiErrors"
          default_value = "0"
        }
      }
    }
    audit = {
      retention_days = 30
      subscriptions  = { archive = { destination_arn = module.archive.alias_arn } }
    }
  }
}
