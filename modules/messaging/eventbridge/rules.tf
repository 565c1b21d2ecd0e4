locals {
  # Schedules work on the account's default bus only; EventBridge refuses them on any other.
  rule_bus_names = { for key, rule in var.rules : key => rule.schedule_expression == null ? local.bus_name : "default" }
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = var.rules

  # The prefix keeps two systems apart that both have a schedule on the default bus.
  name                = "${var.name}-${each.key}"
  description         = each.value.description
  event_bus_name      = local.rule_bus_names[each.key]
  event_pattern       = each.value.event_pattern
  schedule_expression = each.value.schedule_expression
  state               = each.value.paused ? "DISABLED" : "ENABLED"

  tags = var.tags
}
