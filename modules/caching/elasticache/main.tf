locals {
  cluster_mode = var.shards != null
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = var.name
  description          = var.description

  engine               = var.engine.name
  engine_version       = var.engine.version
  node_type            = var.node_type
  parameter_group_name = aws_elasticache_parameter_group.this.name
  port                 = 6379

  # Without cluster mode the API counts nodes, with it shards and their replicas.
  num_cache_clusters      = local.cluster_mode ? null : var.replicas + 1
  num_node_groups         = var.shards
  replicas_per_node_group = local.cluster_mode ? var.replicas : null

  # A cluster fails over in any case: the API refuses one that does not.
  automatic_failover_enabled = var.replicas > 0 || local.cluster_mode
  multi_az_enabled           = var.replicas > 0

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = var.security_group_ids

  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [aws_elasticache_user_group.this.user_group_id]

  snapshot_retention_limit  = var.snapshot_retention_days
  snapshot_window           = var.snapshot_window
  final_snapshot_identifier = var.skip_final_snapshot ? null : "${var.name}-final"

  maintenance_window         = var.maintenance_window
  auto_minor_version_upgrade = true
  apply_immediately          = var.apply_immediately
  notification_topic_arn     = var.notification_topic_arn

  dynamic "log_delivery_configuration" {
    for_each = aws_cloudwatch_log_group.this
    content {
      destination      = log_delivery_configuration.value.name
      destination_type = "cloudwatch-logs"
      log_format       = "json"
      log_type         = log_delivery_configuration.key
    }
  }

  tags = var.tags
}

resource "aws_elasticache_subnet_group" "this" {
  name        = var.name
  description = "Where the nodes of ${var.name} stand."
  subnet_ids  = var.subnet_ids

  tags = var.tags
}
