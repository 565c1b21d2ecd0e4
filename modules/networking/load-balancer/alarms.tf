locals {
  alarms_on = local.is_application && var.alarms != null
}

resource "aws_cloudwatch_metric_alarm" "balancer_errors" {
  count = local.alarms_on ? 1 : 0

  alarm_name          = "${var.name}-balancer-5xx"
  alarm_description   = "The load balancer ${var.name} itself answers with errors: no healthy target, or targets that break connections."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_ELB_5XX_Count"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = var.alarms.minutes
  datapoints_to_alarm = var.alarms.minutes
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarms.errors_per_minute
  treat_missing_data  = "notBreaching" # no errors are no data
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "target_errors" {
  for_each = local.alarms_on ? local.target_groups : {}

  alarm_name          = "${var.name}-${each.key}-5xx"
  alarm_description   = "Targets of ${var.name}-${each.key} answer with errors."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix, TargetGroup = aws_lb_target_group.this[each.key].arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = var.alarms.minutes
  datapoints_to_alarm = var.alarms.minutes
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarms.errors_per_minute
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "response_time" {
  for_each = local.alarms_on ? local.target_groups : {}

  alarm_name          = "${var.name}-${each.key}-response-time"
  alarm_description   = "One in twenty answers of ${var.name}-${each.key} takes longer than ${var.alarms.response_seconds} s."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix, TargetGroup = aws_lb_target_group.this[each.key].arn_suffix }
  extended_statistic  = "p95"
  period              = 60
  evaluation_periods  = var.alarms.minutes
  datapoints_to_alarm = var.alarms.minutes
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarms.response_seconds
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  for_each = var.alarms == null ? {} : local.target_groups

  alarm_name          = "${var.name}-${each.key}-unhealthy"
  alarm_description   = "A target of ${var.name}-${each.key} fails its health check."
  namespace           = local.is_application ? "AWS/ApplicationELB" : "AWS/NetworkELB"
  metric_name         = "UnHealthyHostCount"
  dimensions          = { LoadBalancer = aws_lb.this.arn_suffix, TargetGroup = aws_lb_target_group.this[each.key].arn_suffix }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = var.alarms.minutes
  datapoints_to_alarm = var.alarms.minutes
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags
}
