# Rotation belongs to the primary key; its replicas follow.
resource "aws_kms_replica_key" "this" {
  for_each = { for key, settings in var.keys : key => settings if settings.replica_of != null }

  description             = each.value.description
  primary_key_arn         = each.value.replica_of.arn
  policy                  = data.aws_iam_policy_document.this[each.key].json
  deletion_window_in_days = var.deletion_window_days
  tags                    = var.tags
}
