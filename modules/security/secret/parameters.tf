resource "aws_ssm_parameter" "plain" {
  for_each = { for name, parameter in var.parameters : name => parameter if parameter.value != null }

  name        = "/${var.name}/${each.key}"
  description = each.value.description
  type        = "String"
  value       = each.value.value
  tier        = each.value.tier
  tags        = var.tags
}

resource "aws_ssm_parameter" "secret" {
  for_each = { for name, parameter in var.parameters : name => parameter if parameter.secret != null }

  name             = "/${var.name}/${each.key}"
  description      = each.value.description
  type             = "SecureString"
  key_id           = var.kms_key_arn
  value_wo         = ephemeral.aws_secretsmanager_secret_version.current[each.value.secret].secret_string
  value_wo_version = var.secrets[each.value.secret].version
  tier             = each.value.tier
  tags             = var.tags
}
