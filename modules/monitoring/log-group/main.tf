resource "aws_cloudwatch_log_group" "this" {
  for_each = var.log_groups

  name              = coalesce(each.value.name, "${var.name}-${each.key}")
  retention_in_days = coalesce(each.value.retention_days, var.log_retention_days)
  log_group_class   = each.value.infrequent_access ? "INFREQUENT_ACCESS" : "STANDARD"
  kms_key_id        = var.kms_key_arn
  skip_destroy      = each.value.keep_on_destroy

  tags = var.tags
}
