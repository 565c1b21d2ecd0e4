locals {
  _service_dimensions = { ClusterName = var.cluster.name, ServiceName = var.name }

  _service_alarms = var.alarms == null ? {} : {
    cpu = {
      description = "Tasks of ${var.name} use more than ${var.alarms.cpu_percent} % of their processor: autoscaling does not keep up."
      metric      = { namespace = "AWS/ECS", name = "CPUUtilization", dimensions = local._service_dimensions, statistic = "Average" }
      threshold   = var.alarms.cpu_percent
    }
    memory = {
      description = "Tasks of ${var.name} use more than ${var.alarms.memory_percent} % of their memory: soon they are stopped for it."
      metric      = { namespace = "AWS/ECS", name = "MemoryUtilization", dimensions = local._service_dimensions, statistic = "Average" }
      threshold   = var.alarms.memory_percent
    }
  }

  _target_alarms = var.alarms == null || var.listener == null ? {} : merge([for side in local._sides : {
    for kind, alarm in {
      "5xx" = {
        description = "${var.name} answers with errors."
        metric      = { name = "HTTPCode_Target_5XX_Count", statistic = "Sum" }
        threshold   = var.alarms.errors_per_minute
      }
      response-time = {
        description = "One in twenty answers of ${var.name} takes longer than ${var.alarms.response_seconds} s."
        metric      = { name = "TargetResponseTime", statistic = "p95" }
        threshold   = var.alarms.response_seconds
      }
      unhealthy = {
        description = "A task of ${var.name} fails its health check."
        metric      = { name = "UnHealthyHostCount", statistic = "Maximum" }
        threshold   = 0
      }
      } : local.blue_green ? "${side}-${kind}" : kind => merge(alarm, {
        metric = merge(alarm.metric, {
          namespace  = "AWS/ApplicationELB"
          dimensions = { LoadBalancer = var.listener.load_balancer_arn_suffix, TargetGroup = aws_lb_target_group.this[side].arn_suffix }
        })
    })
  }]...)
}

module "alarms" {
  source = "../../monitoring/alarms"

  name             = var.name
  alarm_topic_arns = var.alarm_topic_arns
  alarms = { for key, alarm in merge(local._service_alarms, local._target_alarms) : key => {
    description         = alarm.description
    comparison          = ">"
    threshold           = alarm.threshold
    evaluation_periods  = var.alarms.minutes
    datapoints_to_alarm = var.alarms.minutes
    metric              = merge(alarm.metric, { period_seconds = 60 })
  } }
  tags = var.tags
}
