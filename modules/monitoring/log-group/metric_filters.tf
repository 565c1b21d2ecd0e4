locals {
  # Keyed by both names, so that neither another group nor another filter moves it.
  metric_filters = merge([
    for group_key, group in var.log_groups : {
      for key, filter in group.metric_filters : "${group_key}/${key}" => merge(filter, { id = key, group = group_key })
    }
  ]...)
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.metric_filters

  name           = each.value.id
  log_group_name = aws_cloudwatch_log_group.this[each.value.group].name
  pattern        = each.value.pattern

  metric_transformation {
    name          = each.value.metric_name
    namespace     = each.value.namespace
    value         = each.value.value
    default_value = each.value.default_value
    dimensions    = each.value.dimensions
    unit          = each.value.unit
  }
}
