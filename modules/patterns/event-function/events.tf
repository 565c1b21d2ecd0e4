module "events" {
  source = "../../messaging/eventbridge"

  name        = var.name
  description = "Events of ${var.name}."
  archive     = { retention_days = var.archive_retention_days }
  kms_key_arn = var.bus_kms_key_arn

  rules = merge(
    {
      for key, rule in var.rules : key => {
        description         = rule.description
        event_pattern       = rule.event_pattern
        paused              = false
        schedule_expression = null
        targets             = { (rule.function) = merge(local.targets[rule.function], { input_path = rule.input_path }) }
      }
    },
    {
      for key, schedule in var.schedules : key => {
        description         = schedule.description
        event_pattern       = null
        paused              = schedule.paused
        schedule_expression = schedule.expression
        targets             = { (schedule.function) = merge(local.targets[schedule.function], { input_path = null }) }
      }
    },
  )
  tags = var.tags
}

locals {
  # What a rule cannot hand to Lambda at all (a missing permission, throttling for hours) goes to the same
  # queue as what the function failed at.
  targets = { for key in keys(var.functions) : key => { arn = module.function[key].alias_arn, dead_letter_arn = module.failures.queue_arns["${key}-dlq"] } }
}
