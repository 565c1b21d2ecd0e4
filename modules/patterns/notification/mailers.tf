data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  # Written out, because the rule's target needs the function and the function's permission needs the rule.
  rule_arns = {
    for key in keys(var.mailers) : key => "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.name}:${var.account_id}:rule/${coalesce(var.bus_name, "default")}/${var.name}-${key}"
  }

  # A list of one or none, so that a mailer without settings takes the defaults of compute/lambda.
  settings = { for key in keys(var.mailers) : key => [for name, settings in var.mailer_settings : settings if name == key] }
  timeouts = { for key in keys(var.mailers) : key => coalesce(one(local.settings[key][*].timeout_seconds), 30) }
}

locals {
  environments = {
    for key, mailer in var.mailers : key => merge(mailer.environment, {
      RECIPIENTS    = join(",", var.recipients)
      SENDER        = mailer.sender
      TEMPLATE_NAME = module.mail.template_names[mailer.template]
      TOPIC_ARN     = module.topics.topic_arns[mailer.topic]
    })
  }
}

module "mailer" {
  source   = "../../compute/lambda"
  for_each = var.mailers

  name        = "${var.name}-${each.key}"
  description = each.value.description
  package     = { filename = each.value.filename, handler = each.value.handler, code_signing_config_arn = var.code_signing_config_arn }
  role_arn    = each.value.role_arn
  environment = local.environments[each.key]

  memory_mb       = one(local.settings[each.key][*].memory_mb)
  timeout_seconds = local.timeouts[each.key]
  log_level       = one(local.settings[each.key][*].log_level)

  subnet_ids         = length(each.value.security_group_ids) > 0 ? var.subnet_ids : []
  security_group_ids = each.value.security_group_ids

  dead_letter = { arn = module.failures.queue_arns["${each.key}-dlq"] }
  async       = { maximum_retry_attempts = one(local.settings[each.key][*].retry_attempts) }
  permissions = { rule = { principal = "events.amazonaws.com", source_arn = local.rule_arns[each.key] } }

  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  tags               = var.tags
}

# No mailer, no rule: then this unit is a sender and topics, and listens to nothing.
module "rules" {
  source = "../../messaging/eventbridge"
  count  = length(var.mailers) > 0 ? 1 : 0

  name         = var.name
  existing_bus = { name = var.bus_name }
  rules = {
    for key, mailer in var.mailers : key => {
      description   = mailer.description
      event_pattern = mailer.event_pattern
      targets = {
        (key) = {
          arn             = module.mailer[key].alias_arn
          dead_letter_arn = module.failures.queue_arns["${key}-dlq"]
          retry           = var.delivery_retry
        }
      }
    }
  }
  tags = var.tags
}

module "failures" {
  source = "../../messaging/sqs"

  name        = var.name
  kms_key_arn = var.failures_kms_key_arn
  queues = {
    for key in keys(var.mailers) : "${key}-dlq" => {
      holds_failures = true
      policy_statements = {
        FromRules = {
          actions    = ["SendMessage"]
          services   = ["events.amazonaws.com"]
          conditions = { rules = { test = "ArnEquals", variable = "aws:SourceArn", values = [local.rule_arns[key]] } }
        }
      }
    }
  }
  tags = var.tags
}
