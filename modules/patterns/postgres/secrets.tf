# What the application needs beside the database, such as the key it signs sessions with: drawn once, known to nobody.
module "application_secrets" {
  source = "../../security/secret"

  name                 = var.name
  kms_key_arn          = var.kms_key_arn
  recovery_window_days = var.secret_recovery_window_days
  secrets = { for key, secret in var.application_secrets : key => {
    description = secret.description
    version     = lookup(var.application_secret_versions, key, 1)
    generate    = { length = secret.length, exclude_punctuation = true }
  } }
  tags = var.tags
}

locals {
  connection_secret_arn = one(concat(module.instance[*].connection_secret_arn, module.cluster[*].connection_secret_arn))

  # As ECS and Lambda name a secret: the ARN alone, or with the field of a JSON document.
  secret_references = merge(module.application_secrets.secret_arns, { DATABASE_URL = "${local.connection_secret_arn}:DATABASE_URL::" })
}
