module "alarms" {
  source = "../../monitoring/alarms"

  name             = var.name
  alarm_topic_arns = local.topic_arns
  alarms           = merge(local.function_alarms, local.api_alarms, local.queue_alarms, var.alarms)
  tags             = var.tags
}

module "dashboard" {
  source = "../../monitoring/dashboard"

  name        = var.name
  hours_shown = var.hours_shown
  widgets     = concat(local.widgets, var.widgets)
}
