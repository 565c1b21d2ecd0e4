resource "aws_cloudwatch_metric_alarm" "success" {
  alarm_name          = "${var.name}-success"
  alarm_description   = "${var.name} does what a customer does, and less than ${var.alarm.success_percent} % of its runs succeed."
  namespace           = "CloudWatchSynthetics"
  metric_name         = "SuccessPercent"
  dimensions          = { CanaryName = aws_synthetics_canary.this.name }
  statistic           = "Average"
  period              = var.alarm.period_seconds
  evaluation_periods  = var.alarm.periods
  datapoints_to_alarm = var.alarm.periods
  comparison_operator = "LessThanThreshold"
  threshold           = var.alarm.success_percent
  # A canary that does not run sees nothing; only one that is paused on purpose may be silent.
  treat_missing_data = var.paused ? "ignore" : "breaching"

  alarm_actions = var.alarm_topic_arns
  ok_actions    = var.alarm_topic_arns

  tags = var.tags
}
