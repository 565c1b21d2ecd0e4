resource "aws_kms_key" "this" {
  for_each = { for key, settings in var.keys : key => settings if settings.replica_of == null }

  description             = each.value.description
  policy                  = data.aws_iam_policy_document.this[each.key].json
  multi_region            = each.value.multi_region
  deletion_window_in_days = var.deletion_window_days
  tags                    = var.tags

  # The one kind that Route 53 takes: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html
  customer_master_key_spec = each.value.signs_dns_zones ? "ECC_NIST_P256" : "SYMMETRIC_DEFAULT"
  key_usage                = each.value.signs_dns_zones ? "SIGN_VERIFY" : "ENCRYPT_DECRYPT"

  # KMS rotates symmetric keys alone; what a new signing key means for the parent zone, nobody else can arrange.
  enable_key_rotation     = !each.value.signs_dns_zones
  rotation_period_in_days = each.value.signs_dns_zones ? null : var.rotation_period_days
}

resource "aws_kms_alias" "this" {
  for_each = var.keys

  name          = "alias/${var.name}-${each.key}"
  target_key_id = local.keys[each.key].key_id
}

locals {
  keys = merge(aws_kms_key.this, aws_kms_replica_key.this)
}
