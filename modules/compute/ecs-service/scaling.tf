# Always there, also for a fixed number (minimum = maximum): one place decides how many tasks run.
resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  resource_id        = "service/${var.cluster.name}/${one(concat(aws_ecs_service.rolling, aws_ecs_service.blue_green)).name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.scaling.minimum
  max_capacity       = var.scaling.maximum
  tags               = var.tags
}

locals {
  metrics = {
    cpu      = { type = "ECSServiceAverageCPUUtilization", target = var.scaling.cpu_percent, label = null }
    memory   = { type = "ECSServiceAverageMemoryUtilization", target = var.scaling.memory_percent, label = null }
    requests = { type = "ALBRequestCountPerTarget", target = try(var.scaling.requests.per_target, null), label = try(var.scaling.requests.resource_label, null) }
  }
}

resource "aws_appautoscaling_policy" "this" {
  for_each = { for key, metric in local.metrics : key => metric if metric.target != null && var.scaling.maximum > var.scaling.minimum }

  name               = "${var.name}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  resource_id        = aws_appautoscaling_target.this.resource_id
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = each.value.target
    scale_in_cooldown  = var.scaling.scale_in_cooldown_seconds
    scale_out_cooldown = var.scaling.scale_out_cooldown_seconds

    predefined_metric_specification {
      predefined_metric_type = each.value.type
      resource_label         = each.value.label
    }
  }
}

resource "aws_appautoscaling_scheduled_action" "this" {
  for_each = var.scaling.schedules

  name               = "${var.name}-${each.key}"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  resource_id        = aws_appautoscaling_target.this.resource_id
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  schedule           = each.value.expression
  timezone           = each.value.timezone

  scalable_target_action {
    min_capacity = each.value.minimum
    max_capacity = each.value.maximum
  }
}
