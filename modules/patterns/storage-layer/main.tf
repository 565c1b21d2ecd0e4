module "table" {
  source   = "../../database/dynamodb"
  for_each = var.tables

  name                           = "${var.name}-${each.key}"
  hash_key                       = each.value.hash_key
  range_key                      = each.value.range_key
  global_indexes                 = each.value.global_indexes
  local_indexes                  = each.value.local_indexes
  provisioned                    = each.value.provisioned
  on_demand_maximum              = each.value.on_demand_maximum
  stream_view_type               = each.value.stream_view_type
  ttl_attribute                  = each.value.ttl_attribute
  recovery_period_days           = each.value.recovery_period_days
  disable_point_in_time_recovery = each.value.disable_point_in_time_recovery
  deletion_protection            = each.value.deletion_protection
  replicas = { for region, replica in each.value.replicas : region => {
    kms_key_arn = try(coalesce(replica.kms_key_arn, lookup(var.replica_kms_key_arns, region, null)), null)
  } }
  kms_key_arn = var.kms_key_arn
  tags        = var.tags
}

module "bucket" {
  source   = "../../storage/s3"
  for_each = var.buckets

  name                       = "${var.name}-${each.key}-${var.account_id}" # bucket names are shared by all of AWS
  kms_key_arn                = var.kms_key_arn
  access_log                 = var.access_log
  allow_destroy_with_objects = each.value.allow_destroy_with_objects
  cors_rules                 = each.value.cors_rules
  lifecycle_rules            = each.value.lifecycle_rules
  noncurrent_expiration_days = each.value.noncurrent_expiration_days
  notifications              = each.value.notify_eventbridge ? { eventbridge = true } : null
  object_lock                = each.value.object_lock
  replication_rules          = each.value.replication_rules
  tags                       = var.tags

  # Deny, not Allow: whatever another role's policy says, the objects come from these roles alone.
  policy_statements = length(lookup(var.bucket_writer_role_arns, each.key, [])) == 0 ? {} : {
    DenyOtherWriters = {
      effect         = "Deny"
      actions        = ["s3:PutObject"]
      principal_arns = ["*"]
      conditions     = { ArnNotEquals = { "aws:PrincipalArn" = var.bucket_writer_role_arns[each.key] } }
    }
  }
}
