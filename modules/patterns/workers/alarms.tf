module "alarms" {
  source = "../../monitoring/alarms"

  name             = var.name
  alarm_topic_arns = var.alarm_topic_arns
  tags             = var.tags

  alarms = merge([for key, fleet in var.fleets : {
    "${key}-memory" = {
      description         = "The workers of ${key} run out of memory."
      comparison          = ">"
      threshold           = var.thresholds.memory_percent
      evaluation_periods  = 3
      datapoints_to_alarm = 2
      metric = {
        namespace  = var.name
        name       = "mem_used_percent"
        dimensions = { AutoScalingGroupName = module.fleet[key].group_name }
        statistic  = "Maximum"
      }
    }
    "${key}-disk" = {
      description         = "A disk of the workers of ${key} fills up."
      comparison          = ">"
      threshold           = var.thresholds.disk_percent
      evaluation_periods  = 3
      datapoints_to_alarm = 2
      metric = {
        namespace  = var.name
        name       = "disk_used_percent"
        dimensions = { AutoScalingGroupName = module.fleet[key].group_name }
        statistic  = "Maximum"
      }
    }
  }]...)
}
