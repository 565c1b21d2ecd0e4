locals {
  generated = { for key, secret in var.secrets : key => secret.generate if secret.generate != null }
}

# New on every run, kept nowhere: it counts only in the run in which the version below is written. Its length is tied to
# the secret, so that nothing is drawn, and AWS not asked, before there is a secret.
ephemeral "aws_secretsmanager_random_password" "this" {
  for_each = local.generated

  password_length            = aws_secretsmanager_secret.this[each.key].arn == "" ? 0 : each.value.length
  exclude_characters         = each.value.exclude_characters
  exclude_punctuation        = each.value.exclude_punctuation
  require_each_included_type = true
}

# A write-only value: Terraform sends it and forgets it; another `version` sends a new one.
resource "aws_secretsmanager_secret_version" "this" {
  for_each = local.generated

  secret_id                = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo_version = var.secrets[each.key].version
  secret_string_wo = (
    length(var.secrets[each.key].fields) == 0
    ? ephemeral.aws_secretsmanager_random_password.this[each.key].random_password
    : jsonencode(merge(var.secrets[each.key].fields, {
      (each.value.field) = ephemeral.aws_secretsmanager_random_password.this[each.key].random_password
    }))
  )

  lifecycle {
    # A new version replaces this resource: there must be no moment at which the secret has no value.
    create_before_destroy = true
  }
}

# What Secrets Manager holds now: the one value that every copy takes, so that a run killed between two writes heals.
ephemeral "aws_secretsmanager_secret_version" "current" {
  for_each = toset([for parameter in var.parameters : parameter.secret if parameter.secret != null])

  secret_id = aws_secretsmanager_secret_version.this[each.key].secret_id
}
