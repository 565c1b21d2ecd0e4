resource "aws_secretsmanager_secret" "this" {
  for_each = var.secrets

  name                    = "${var.name}-${each.key}"
  description             = each.value.description
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_window_days
  tags                    = var.tags

  dynamic "replica" {
    for_each = each.value.replicas

    content {
      region     = replica.key
      kms_key_id = replica.value.kms_key_arn
    }
  }
}
