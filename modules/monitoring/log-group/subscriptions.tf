locals {
  subscriptions = merge([
    for group_key, group in var.log_groups : {
      for key, subscription in group.subscriptions : "${group_key}/${key}" => merge(subscription, { id = key, group = group_key })
    }
  ]...)
}

resource "aws_cloudwatch_log_subscription_filter" "this" {
  for_each = local.subscriptions

  name            = each.value.id
  log_group_name  = aws_cloudwatch_log_group.this[each.value.group].name
  destination_arn = each.value.destination_arn
  filter_pattern  = each.value.pattern
  role_arn        = each.value.role_arn
  # Meant for Kinesis streams; every other destination ignores it.
  distribution = each.value.spread ? "Random" : "ByLogStream"
}
