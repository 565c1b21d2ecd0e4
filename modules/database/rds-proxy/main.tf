resource "aws_db_proxy" "this" {
  name                   = var.name
  engine_family          = "POSTGRESQL"
  role_arn               = aws_iam_role.this.arn
  vpc_subnet_ids         = var.subnet_ids
  vpc_security_group_ids = var.security_group_ids
  require_tls            = true
  idle_client_timeout    = var.idle_client_timeout_seconds
  # Statements, parameters included, would stand in the log.
  debug_logging = false
  tags          = var.tags

  dynamic "auth" {
    for_each = var.secret_arns

    content {
      auth_scheme               = "SECRETS"
      secret_arn                = auth.value
      iam_auth                  = var.allow_password_clients ? "DISABLED" : "REQUIRED"
      client_password_auth_type = "POSTGRES_SCRAM_SHA_256"
      description               = auth.key
    }
  }

  # RDS tries the role when the proxy is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_db_proxy_default_target_group" "this" {
  db_proxy_name = aws_db_proxy.this.name

  connection_pool_config {
    connection_borrow_timeout    = var.pool.borrow_timeout_seconds
    max_connections_percent      = var.pool.max_connections_percent
    max_idle_connections_percent = var.pool.max_idle_connections_percent
  }
}

resource "aws_db_proxy_target" "this" {
  db_proxy_name          = aws_db_proxy.this.name
  target_group_name      = aws_db_proxy_default_target_group.this.name
  db_instance_identifier = var.target.instance_identifier
  db_cluster_identifier  = var.target.cluster_identifier
}

# Made before RDS makes it, or it would keep everything for ever.
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/rds/proxy/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}
