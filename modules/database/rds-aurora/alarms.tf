locals {
  alarms = var.alarms == null ? {} : {
    cpu         = { statistic = "Maximum", metric = "CPUUtilization", comparison = "GreaterThanThreshold", threshold = var.alarms.cpu_percent, unit = "%" }
    memory      = { statistic = "Minimum", metric = "FreeableMemory", comparison = "LessThanThreshold", threshold = var.alarms.free_memory_mb * 1024 * 1024, unit = "bytes free" }
    connections = { statistic = "Maximum", metric = "DatabaseConnections", comparison = "GreaterThanThreshold", threshold = var.alarms.connections, unit = "connections" }
    lag         = { statistic = "Maximum", metric = "AuroraReplicaLagMaximum", comparison = "GreaterThanThreshold", threshold = var.alarms.replica_lag_ms, unit = "ms" }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.metric} of ${var.name}: ${each.value.comparison} ${each.value.threshold} ${each.value.unit}"
  namespace           = "AWS/RDS"
  metric_name         = each.value.metric
  dimensions          = { DBClusterIdentifier = var.name }
  statistic           = each.value.statistic # of the cluster's instances the worst one's
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = 5
  # A cluster without readers has no lag, and one that paused says nothing.
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarm_topic_arns
  ok_actions         = var.alarm_topic_arns
  tags               = var.tags
}
