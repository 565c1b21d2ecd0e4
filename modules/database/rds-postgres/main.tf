resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class
  multi_az       = var.multi_az

  storage_type          = "gp3"
  allocated_storage     = var.storage.allocated_gb
  max_allocated_storage = var.storage.maximum_gb
  iops                  = var.storage.iops
  storage_throughput    = var.storage.throughput
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  db_name                             = var.database_name
  username                            = var.username
  password_wo                         = ephemeral.aws_secretsmanager_secret_version.password.secret_string
  password_wo_version                 = var.password_version
  iam_database_authentication_enabled = true

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = var.security_group_ids
  publicly_accessible    = false
  port                   = 5432
  ca_cert_identifier     = "rds-ca-rsa2048-g1"
  parameter_group_name   = aws_db_parameter_group.this.name

  backup_retention_period   = var.backup_retention_days
  backup_window             = var.windows.backup
  maintenance_window        = var.windows.maintenance
  copy_tags_to_snapshot     = true
  delete_automated_backups  = false
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = var.allow_destroy_without_snapshot
  final_snapshot_identifier = "${var.name}-final"

  # Minor versions carry security fixes; a major one is a decision (engine_version).
  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = false
  apply_immediately           = var.apply_immediately

  monitoring_interval                   = var.monitoring.interval_seconds
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = var.monitoring.insights_days
  enabled_cloudwatch_logs_exports       = keys(aws_cloudwatch_log_group.this)

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
resource "aws_db_parameter_group" "this" {
  name   = "${var.name}-postgres${local.major_version}"
  family = "postgres${local.major_version}"
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
