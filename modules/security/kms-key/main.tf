resource "aws_kms_key" "this" {
  for_each = { for key, settings in var.keys : key => settings if settings.replica_of == null }

  description             = each.value.description
  policy                  = data.aws_iam_policy_document.this[each.key].json
  multi_region            = each.value.multi_region
  enable_key_rotation     = true
  rotation_period_in_days = var.rotation_period_days
  deletion_window_in_days = var.deletion_window_days
  tags                    = var.tags
}

resource "aws_kms_alias" "this" {
  for_each = var.keys

  name          = "alias/${var.name}-${each.key}"
  target_key_id = local.keys[each.key].key_id
}

locals {
  keys = merge(aws_kms_key.this, aws_kms_replica_key.this)
}
