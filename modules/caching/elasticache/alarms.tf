locals {
  # ElastiCache numbers the nodes itself, and its metrics know nothing but nodes.
  nodes = flatten([
    for shard in range(coalesce(var.shards, 1)) : [
      for node in range(var.replicas + 1) : local.cluster_mode ? format("%s-%04d-%03d", var.name, shard + 1, node + 1) : format("%s-%03d", var.name, node + 1)
    ]
  ])

  _alarms = {
    cpu = {
      metric      = "EngineCPUUtilization"
      statistic   = "Average"
      threshold   = var.alarm_thresholds.engine_cpu_percent
      description = "works at more than ${var.alarm_thresholds.engine_cpu_percent} % of the one core that the engine has: commands queue."
    }
    memory = {
      metric      = "DatabaseMemoryUsagePercentage"
      statistic   = "Maximum"
      threshold   = var.alarm_thresholds.memory_percent
      description = "is more than ${var.alarm_thresholds.memory_percent} % full: soon it throws keys away or refuses to write."
    }
    evictions = {
      metric      = "Evictions"
      statistic   = "Sum"
      threshold   = var.alarm_thresholds.evictions
      description = "threw keys away to make room."
    }
  }

  alarms = merge([
    for node in local.nodes : { for kind, alarm in local._alarms : "${node}/${kind}" => merge(alarm, { node = node, kind = kind }) }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${each.value.node}-${each.value.kind}"
  alarm_description   = "${each.value.node} ${each.value.description}"
  namespace           = "AWS/ElastiCache"
  metric_name         = each.value.metric
  dimensions          = { CacheClusterId = each.value.node }
  statistic           = each.value.statistic
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  # A node that sends nothing is starting or gone, and failover is told of by notification_topic_arn.
  treat_missing_data = "ignore"

  alarm_actions = var.alarm_topic_arns
  ok_actions    = var.alarm_topic_arns

  tags = var.tags
}
