locals {
  # A key attribute is declared once, however many indexes use it.
  _key_attributes = concat(
    [var.hash_key],
    var.range_key[*],
    [for index in var.global_indexes : index.hash_key],
    flatten([for index in var.global_indexes : index.range_key[*]]),
    [for index in var.local_indexes : index.range_key],
  )
  attributes = { for attribute in local._key_attributes : attribute.name => attribute.type... }
}

resource "aws_dynamodb_table" "this" {
  name                        = var.name
  table_class                 = var.table_class
  billing_mode                = var.provisioned == null ? "PAY_PER_REQUEST" : "PROVISIONED"
  hash_key                    = var.hash_key.name
  range_key                   = one(var.range_key[*].name)
  read_capacity               = one(var.provisioned[*].read.minimum)
  write_capacity              = one(var.provisioned[*].write.minimum)
  stream_enabled              = var.stream_view_type != null
  stream_view_type            = var.stream_view_type
  deletion_protection_enabled = var.deletion_protection
  tags                        = var.tags

  dynamic "attribute" {
    for_each = local.attributes

    content {
      name = attribute.key
      type = attribute.value[0]
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.global_indexes

    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value.hash_key.name
      range_key          = one(global_secondary_index.value.range_key[*].name)
      projection_type    = global_secondary_index.value.projection
      non_key_attributes = length(global_secondary_index.value.included_attributes) > 0 ? global_secondary_index.value.included_attributes : null
      # Fixed, not scaled: the provider keeps these inside a set, so a scaled figure would be undone by every apply.
      read_capacity  = one(global_secondary_index.value.provisioned[*].read)
      write_capacity = one(global_secondary_index.value.provisioned[*].write)

      dynamic "on_demand_throughput" {
        for_each = var.on_demand_maximum[*]

        content {
          max_read_request_units  = on_demand_throughput.value.read
          max_write_request_units = on_demand_throughput.value.write
        }
      }
    }
  }

  dynamic "local_secondary_index" {
    for_each = var.local_indexes

    content {
      name               = local_secondary_index.key
      range_key          = local_secondary_index.value.range_key.name
      projection_type    = local_secondary_index.value.projection
      non_key_attributes = length(local_secondary_index.value.included_attributes) > 0 ? local_secondary_index.value.included_attributes : null
    }
  }

  dynamic "on_demand_throughput" {
    for_each = var.on_demand_maximum[*]

    content {
      max_read_request_units  = on_demand_throughput.value.read
      max_write_request_units = on_demand_throughput.value.write
    }
  }

  dynamic "ttl" {
    for_each = var.ttl_attribute[*]

    content {
      enabled        = true
      attribute_name = ttl.value
    }
  }

  point_in_time_recovery {
    enabled                 = !var.disable_point_in_time_recovery
    recovery_period_in_days = var.disable_point_in_time_recovery ? null : var.recovery_period_days
  }

  # Always a KMS key: the caller's, or the account's own for DynamoDB, whose use CloudTrail shows.
  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }

  # A global table of this version replicates by the stream, so the stream carries both images (validated).
  dynamic "replica" {
    for_each = var.replicas

    content {
      region_name            = replica.key
      kms_key_arn            = replica.value.kms_key_arn
      point_in_time_recovery = !var.disable_point_in_time_recovery
      propagate_tags         = true
    }
  }

  lifecycle {
    # Autoscaling moves these between the caller's bounds; an apply must not undo it.
    ignore_changes = [read_capacity, write_capacity]
  }
}
