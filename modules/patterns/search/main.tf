# Written down is what exists: a domain is optional by not being in the map.
module "domain" {
  source   = "../../database/opensearch"
  for_each = var.domains

  name               = "${var.name}-${each.key}"
  account_id         = var.account_id
  engine_version     = each.value.engine_version
  nodes              = each.value.nodes
  dedicated_masters  = each.value.dedicated_masters
  zone_count         = each.value.zone_count
  storage            = { size_gb = each.value.storage_gb }
  subnet_ids         = slice(var.subnet_ids, 0, each.value.zone_count) # AWS wants exactly one a zone
  security_group_ids = var.security_group_ids
  master_role_arn    = var.master_role_arn
  client_role_arns   = var.client_role_arns
  kms_key_arn        = var.kms_key_arn
  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  alarm_topic_arns   = var.alarm_topic_arns
  tags               = var.tags
}
