resource "aws_db_instance" "replica" {
  for_each = var.replicas

  identifier             = "${var.name}-${each.key}"
  replicate_source_db    = aws_db_instance.this.identifier
  instance_class         = coalesce(each.value.instance_class, var.instance_class)
  availability_zone      = each.value.availability_zone
  multi_az               = each.value.multi_az
  storage_type           = "gp3"
  max_allocated_storage  = var.storage.maximum_gb
  storage_encrypted      = true
  kms_key_id             = var.kms_key_arn
  vpc_security_group_ids = var.security_group_ids
  publicly_accessible    = false
  ca_cert_identifier     = "rds-ca-rsa2048-g1"
  parameter_group_name   = aws_db_parameter_group.this.name

  iam_database_authentication_enabled   = true
  maintenance_window                    = var.windows.maintenance
  auto_minor_version_upgrade            = true
  apply_immediately                     = var.apply_immediately
  copy_tags_to_snapshot                 = true
  deletion_protection                   = var.deletion_protection
  skip_final_snapshot                   = true # a copy: the primary's snapshots hold the data
  monitoring_interval                   = var.monitoring.interval_seconds
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = var.monitoring.insights_days
  enabled_cloudwatch_logs_exports       = ["postgresql"]

  tags = var.tags

  # RDS would make the group itself, for ever and without our key.
  depends_on = [aws_cloudwatch_log_group.replica]
}
