locals {
  alarms = var.alarms == null ? {} : {
    cpu       = { metric = "CPUUtilization", comparison = "GreaterThanThreshold", threshold = var.alarms.cpu_percent, statistic = "Maximum" }
    memory    = { metric = "JVMMemoryPressure", comparison = "GreaterThanThreshold", threshold = var.alarms.memory_percent, statistic = "Maximum" }
    red       = { metric = "ClusterStatus.red", comparison = "GreaterThanThreshold", threshold = 0, statistic = "Maximum" }
    storage   = { metric = "FreeStorageSpace", comparison = "LessThanThreshold", threshold = var.alarms.free_storage_gb * 1024, statistic = "Minimum" } # in MiB
    snapshots = { metric = "AutomatedSnapshotFailure", comparison = "GreaterThanThreshold", threshold = 0, statistic = "Maximum" }
    writes    = { metric = "ClusterIndexWritesBlocked", comparison = "GreaterThanThreshold", threshold = 0, statistic = "Maximum" }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-opensearch-${each.key}"
  alarm_description   = "${each.value.metric} of the domain ${var.name}: ${each.value.comparison} ${each.value.threshold}"
  namespace           = "AWS/ES"
  metric_name         = each.value.metric
  dimensions          = { DomainName = var.name, ClientId = var.account_id }
  statistic           = each.value.statistic
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = 5
  treat_missing_data  = "missing"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags
}
