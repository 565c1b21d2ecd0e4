resource "aws_budgets_budget" "this" {
  for_each = var.budgets

  account_id   = var.account_id
  name         = "${var.name}-${each.key}"
  budget_type  = "COST"
  time_unit    = each.value.time_unit
  limit_amount = format("%.1f", each.value.limit_usd)
  limit_unit   = "USD"

  # What is spent, not what a gift or a refund hides.
  cost_types {
    include_credit = each.value.include_credits
    include_refund = false
  }

  dynamic "cost_filter" {
    for_each = each.value.cost_filters
    content {
      name   = cost_filter.key
      values = sort(cost_filter.value)
    }
  }

  dynamic "notification" {
    for_each = local.notifications[each.key]
    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = notification.value.type
      threshold                  = notification.value.percent
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = var.email_addresses
      subscriber_sns_topic_arns  = var.alarm_topic_arns
    }
  }

  tags = var.tags
}

locals {
  notifications = {
    for key, budget in var.budgets : key => concat(
      [for percent in sort(budget.alert_at_actual_percent) : { type = "ACTUAL", percent = percent }],
      [for percent in sort(budget.alert_at_forecast_percent) : { type = "FORECASTED", percent = percent }],
    )
  }
}
