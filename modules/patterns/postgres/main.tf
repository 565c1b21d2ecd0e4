# A database with its way in and its secrets: one PostgreSQL instance, or an Aurora cluster, under the same inputs and
# outputs, so that whoever uses it need not know which.
module "instance" {
  source = "../../database/rds-postgres"
  count  = var.instance == null ? 0 : 1

  name               = var.name
  instance_class     = var.instance.class
  multi_az           = var.instance.multi_az
  storage            = var.instance.storage
  replicas           = var.instance.replicas
  engine_version     = var.engine_version
  database_name      = var.database.name
  username           = var.database.username
  parameters         = var.instance.parameters
  subnet_ids         = var.subnet_ids
  security_group_ids = local.security_group_ids
  kms_key_arn        = var.kms_key_arn

  backup_retention_days          = var.backup_retention_days
  deletion_protection            = var.deletion_protection
  allow_destroy_without_snapshot = var.allow_destroy_without_snapshot
  apply_immediately              = var.maintenance.apply_immediately
  windows                        = { backup = var.maintenance.backup_window, maintenance = var.maintenance.window }
  password_version               = var.password_version
  secret_recovery_window_days    = var.secret_recovery_window_days

  alarm_topic_arns = var.alarm_topic_arns
  alarms = var.alarms == null ? null : {
    connections         = var.alarms.connections
    cpu_percent         = var.alarms.cpu_percent
    free_memory_mb      = var.alarms.free_memory_mb
    free_storage_gb     = var.alarms.free_storage_gb
    replica_lag_seconds = var.alarms.replica_lag_seconds
  }
  monitoring         = var.monitoring
  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  tags               = var.tags
}

module "cluster" {
  source = "../../database/rds-aurora"
  count  = var.aurora == null ? 0 : 1

  name               = var.name
  instances          = var.aurora.instances
  serverless         = var.aurora.serverless
  reader_autoscaling = var.aurora.reader_autoscaling
  restore            = var.aurora.restore
  engine_version     = var.engine_version
  database_name      = var.database.name
  username           = var.database.username
  parameters         = var.aurora.parameters
  subnet_ids         = var.subnet_ids
  security_group_ids = local.security_group_ids
  kms_key_arn        = var.kms_key_arn

  backup_retention_days          = var.backup_retention_days
  deletion_protection            = var.deletion_protection
  allow_destroy_without_snapshot = var.allow_destroy_without_snapshot
  apply_immediately              = var.maintenance.apply_immediately
  windows                        = { backup = var.maintenance.backup_window, maintenance = var.maintenance.window }
  password_version               = var.password_version
  secret_recovery_window_days    = var.secret_recovery_window_days

  alarm_topic_arns = var.alarm_topic_arns
  alarms = var.alarms == null ? null : {
    connections    = var.alarms.connections
    cpu_percent    = var.alarms.cpu_percent
    free_memory_mb = var.alarms.free_memory_mb
    replica_lag_ms = var.alarms.replica_lag_seconds == null ? null : var.alarms.replica_lag_seconds * 1000
  }
  monitoring         = var.monitoring
  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  tags               = var.tags
}
