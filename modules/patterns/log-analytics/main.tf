# Logs lie where their writers put them; what is made here is the means to ask them, and a place for the answers.
module "answers" {
  source = "../../storage/s3"

  name                       = "${var.name}-queries-${var.account_id}" # bucket names are shared by all of AWS
  access_log                 = { bucket_name = var.log_bucket_name }
  kms_key_arn                = var.kms_key_arn
  allow_destroy_with_objects = true # an answer can be asked for again
  lifecycle_rules            = { answers = { expiration_days = var.answer_retention_days } }
  noncurrent_expiration_days = 1
  tags                       = var.tags
}

module "athena" {
  source = "../../storage/athena"

  name                       = var.name
  account_id                 = var.account_id
  allow_destroy_with_queries = true # every saved query stands in the code
  results                    = { bucket_name = module.answers.bucket_name, kms_key_arn = var.kms_key_arn }
  scan_limit_gb              = var.scan_limit_gb
  tables                     = local.tables
  queries                    = merge(local.queries, var.queries)
  tags                       = var.tags
}
