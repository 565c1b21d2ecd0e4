resource "aws_rds_cluster" "this" {
  cluster_identifier = var.name
  engine             = "aurora-postgresql"
  engine_mode        = "provisioned" # Serverless v2 is a kind of instance, not of cluster
  engine_version     = var.engine_version
  storage_encrypted  = true
  kms_key_id         = var.kms_key_arn

  database_name                       = var.restore == null ? var.database_name : null
  master_username                     = var.restore == null ? var.username : null
  master_password_wo                  = ephemeral.aws_secretsmanager_secret_version.password.secret_string
  master_password_wo_version          = var.password_version
  iam_database_authentication_enabled = true

  db_subnet_group_name            = aws_db_subnet_group.this.name
  vpc_security_group_ids          = var.security_group_ids
  port                            = 5432
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.this.name

  backup_retention_period      = var.backup_retention_days
  preferred_backup_window      = var.windows.backup
  preferred_maintenance_window = var.windows.maintenance
  copy_tags_to_snapshot        = true
  delete_automated_backups     = false
  deletion_protection          = var.deletion_protection
  skip_final_snapshot          = var.allow_destroy_without_snapshot
  final_snapshot_identifier    = "${var.name}-final"

  # Minor versions carry security fixes; a major one is a decision (engine_version).
  allow_major_version_upgrade     = false
  apply_immediately               = var.apply_immediately
  enabled_cloudwatch_logs_exports = keys(aws_cloudwatch_log_group.this)

  tags = var.tags

  dynamic "serverlessv2_scaling_configuration" {
    for_each = var.serverless[*]

    content {
      min_capacity = serverlessv2_scaling_configuration.value.minimum
      max_capacity = serverlessv2_scaling_configuration.value.maximum
    }
  }

  dynamic "restore_to_point_in_time" {
    for_each = var.restore[*]

    content {
      source_cluster_identifier  = restore_to_point_in_time.value.cluster_identifier
      restore_to_time            = restore_to_point_in_time.value.time
      use_latest_restorable_time = restore_to_point_in_time.value.time == null ? true : null
    }
  }
}

resource "aws_rds_cluster_instance" "this" {
  for_each = var.instances

  identifier           = "${var.name}-${each.key}"
  cluster_identifier   = aws_rds_cluster.this.id
  engine               = aws_rds_cluster.this.engine
  engine_version       = aws_rds_cluster.this.engine_version
  instance_class       = each.value.class
  promotion_tier       = each.value.promotion_tier
  availability_zone    = each.value.availability_zone
  publicly_accessible  = false
  ca_cert_identifier   = "rds-ca-rsa2048-g1"
  db_subnet_group_name = aws_db_subnet_group.this.name

  auto_minor_version_upgrade            = true
  apply_immediately                     = var.apply_immediately
  copy_tags_to_snapshot                 = true
  preferred_maintenance_window          = var.windows.maintenance
  monitoring_interval                   = var.monitoring.interval_seconds
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = var.monitoring.insights_days

  tags = var.tags
}

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
  tags       = var.tags
}

locals {
  major_version = split(".", var.engine_version)[0]

  # What a plain connection, a slow query or a schema change leaves behind must be visible; the caller's own win.
  parameters = merge({
    "log_connections"            = "1"
    "log_disconnections"         = "1"
    "log_min_duration_statement" = "1000"
    "log_statement"              = "ddl"
  }, var.parameters, { "rds.force_ssl" = "1" })
}

# Named for its major version: an upgrade makes the next group before it lets go of this one.
resource "aws_rds_cluster_parameter_group" "this" {
  name   = "${var.name}-aurora-postgresql${local.major_version}"
  family = "aurora-postgresql${local.major_version}"
  tags   = var.tags

  dynamic "parameter" {
    for_each = local.parameters

    content {
      name  = parameter.key
      value = parameter.value
      # Static parameters refuse "immediate"; those of this list are known to take it.
      apply_method = startswith(parameter.key, "log_") || parameter.key == "rds.force_ssl" ? "immediate" : "pending-reboot"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}
