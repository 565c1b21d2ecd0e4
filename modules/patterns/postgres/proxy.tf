module "proxy" {
  source = "../../database/rds-proxy"
  count  = var.proxy == null ? 0 : 1

  name       = var.name
  account_id = var.account_id
  target = {
    instance_identifier = one(module.instance[*].identifier)
    cluster_identifier  = one(module.cluster[*].cluster_identifier)
  }
  secret_arns                 = { main = local.connection_secret_arn }
  kms_key_arn                 = var.kms_key_arn
  allow_password_clients      = var.proxy.allow_password_clients
  idle_client_timeout_seconds = var.proxy.idle_client_timeout_seconds
  pool                        = var.proxy.pool
  subnet_ids                  = var.subnet_ids
  security_group_ids          = length(var.proxy.security_group_ids) > 0 ? var.proxy.security_group_ids : local.security_group_ids

  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  tags               = var.tags
}
