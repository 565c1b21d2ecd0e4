locals {
  comparisons = {
    ">"       = "GreaterThanThreshold"
    ">="      = "GreaterThanOrEqualToThreshold"
    "<"       = "LessThanThreshold"
    "<="      = "LessThanOrEqualToThreshold"
    "outside" = "LessThanLowerOrGreaterThanUpperThreshold"
    "above"   = "GreaterThanUpperThreshold"
    "below"   = "LessThanLowerThreshold"
  }

  # Everything else (p95, tm99, IQM ...) is an extended statistic and goes into another argument.
  plain_statistics = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"]

  metric_alarms = { for key, alarm in var.alarms : key => alarm if alarm.composite == null }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.metric_alarms

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.description

  comparison_operator = local.comparisons[coalesce(each.value.comparison, each.value.anomaly == null ? ">" : "outside")]
  threshold           = each.value.anomaly == null ? each.value.threshold : null
  threshold_metric_id = each.value.anomaly == null ? null : "band"
  evaluation_periods  = each.value.evaluation_periods
  datapoints_to_alarm = coalesce(each.value.datapoints_to_alarm, each.value.evaluation_periods)
  treat_missing_data  = each.value.missing_data

  # One metric against a fixed value; math and anomaly alarms have queries instead.
  namespace          = one(each.value.metric[*].namespace)
  metric_name        = one(each.value.metric[*].name)
  dimensions         = one(each.value.metric[*].dimensions)
  period             = one(each.value.metric[*].period_seconds)
  statistic          = one([for metric in each.value.metric[*] : metric.statistic if contains(local.plain_statistics, metric.statistic)])
  extended_statistic = one([for metric in each.value.metric[*] : metric.statistic if !contains(local.plain_statistics, metric.statistic)])

  dynamic "metric_query" {
    for_each = local.queries[each.key]
    content {
      id          = metric_query.key
      expression  = metric_query.value.expression
      label       = metric_query.value.label
      return_data = metric_query.value.returned

      dynamic "metric" {
        for_each = metric_query.value.metric[*]
        content {
          namespace   = metric.value.namespace
          metric_name = metric.value.name
          dimensions  = metric.value.dimensions
          period      = metric.value.period_seconds
          stat        = metric.value.statistic
        }
      }
    }
  }

  alarm_actions = each.value.notify ? var.alarm_topic_arns : []
  ok_actions    = each.value.notify && each.value.notify_recovery ? var.alarm_topic_arns : []

  tags = var.tags
}
