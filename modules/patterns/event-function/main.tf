locals {
  # Written out instead of taken from the rules' outputs: a target needs the function, whose permission
  # needs the rule. Both sides of that circle are names, and names are known.
  _rule_prefix = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.name}:${var.account_id}:rule"
  rule_arns = merge(
    { for key, rule in var.rules : key => { function = rule.function, arn = "${local._rule_prefix}/${var.name}/${var.name}-${key}" } },
    # A schedule stands on the default bus, whose name an ARN leaves out.
    { for key, schedule in var.schedules : key => { function = schedule.function, arn = "${local._rule_prefix}/${var.name}-${key}" } },
  )

  # A list of one or none, so that a function without settings takes the defaults of compute/lambda.
  settings = { for key in keys(var.functions) : key => [for name, settings in var.function_settings : settings if name == key] }
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

module "function" {
  source   = "../../compute/lambda"
  for_each = var.functions

  name        = "${var.name}-${each.key}"
  description = each.value.description
  package     = { filename = each.value.filename, handler = each.value.handler, code_signing_config_arn = var.code_signing_config_arn }
  role_arn    = each.value.role_arn
  environment = each.value.environment

  memory_mb       = one(local.settings[each.key][*].memory_mb)
  timeout_seconds = local.timeouts[each.key]
  log_level       = one(local.settings[each.key][*].log_level)
  concurrency     = { reserved = one(local.settings[each.key][*].reserved_concurrency) }

  subnet_ids         = length(each.value.security_group_ids) > 0 ? var.subnet_ids : []
  security_group_ids = each.value.security_group_ids

  # The same queue for both ways to fail, so that there is one place to look and one alarm.
  dead_letter = { arn = module.failures.queue_arns["${each.key}-dlq"] }
  async = {
    maximum_event_age_seconds = one(local.settings[each.key][*].event_age_seconds)
    maximum_retry_attempts    = one(local.settings[each.key][*].retry_attempts)
  }
  event_sources = local.event_sources[each.key]

  permissions = {
    for key, rule in local.rule_arns : "rule-${key}" => { principal = "events.amazonaws.com", source_arn = rule.arn } if rule.function == each.key
  }

  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  tags               = var.tags
}
