locals {
  _instances = merge({ primary = var.name }, { for key in keys(var.replicas) : key => "${var.name}-${key}" })

  _alarms = var.alarms == null ? {} : {
    cpu         = { metric = "CPUUtilization", comparison = "GreaterThanThreshold", threshold = var.alarms.cpu_percent, unit = "%" }
    storage     = { metric = "FreeStorageSpace", comparison = "LessThanThreshold", threshold = var.alarms.free_storage_gb * 1024 * 1024 * 1024, unit = "bytes free" }
    memory      = { metric = "FreeableMemory", comparison = "LessThanThreshold", threshold = var.alarms.free_memory_mb * 1024 * 1024, unit = "bytes free" }
    connections = { metric = "DatabaseConnections", comparison = "GreaterThanThreshold", threshold = var.alarms.connections, unit = "connections" }
  }
  _replica_alarms = var.alarms == null ? {} : {
    lag = { metric = "ReplicaLag", comparison = "GreaterThanThreshold", threshold = var.alarms.replica_lag_seconds, unit = "seconds" }
  }

  alarms = merge(
    merge([for instance, id in local._instances : { for key, alarm in local._alarms : "${instance}/${key}" => merge(alarm, { instance = id, key = key }) }]...),
    merge([for replica in keys(var.replicas) : { for key, alarm in local._replica_alarms : "${replica}/${key}" => merge(alarm, { instance = "${var.name}-${replica}", key = key }) }]...),
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${each.value.instance}-${each.value.key}"
  alarm_description   = "${each.value.metric} of ${each.value.instance}: ${each.value.comparison} ${each.value.threshold} ${each.value.unit}"
  namespace           = "AWS/RDS"
  metric_name         = each.value.metric
  dimensions          = { DBInstanceIdentifier = each.value.instance }
  statistic           = "Average"
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = 5
  # A database that says nothing is not well.
  treat_missing_data = "breaching"
  alarm_actions      = var.alarm_topic_arns
  ok_actions         = var.alarm_topic_arns
  tags               = var.tags
}
