resource "aws_autoscaling_group" "this" {
  name                      = var.name
  min_size                  = var.capacity.minimum
  max_size                  = var.capacity.maximum
  vpc_zone_identifier       = var.subnet_ids
  target_group_arns         = var.target_group_arns
  health_check_type         = length(var.target_group_arns) > 0 ? "ELB" : "EC2"
  health_check_grace_period = var.warmup_seconds
  default_instance_warmup   = var.warmup_seconds
  max_instance_lifetime     = var.maximum_lifetime_days == null ? null : var.maximum_lifetime_days * 86400
  capacity_rebalance        = local.on_demand_percent < 100 # replaces a Spot instance when its end is announced, not when it has come
  enabled_metrics           = ["GroupDesiredCapacity", "GroupInServiceInstances", "GroupMaxSize", "GroupMinSize", "GroupTotalInstances"]

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.this.id
        version            = aws_launch_template.this.latest_version
      }

      dynamic "override" {
        for_each = var.instance_types # in the order of preference, on-demand takes the first that is to be had
        content {
          instance_type = override.value
        }
      }
    }

    instances_distribution {
      on_demand_allocation_strategy            = "prioritized"
      on_demand_base_capacity                  = var.spot == null ? 0 : var.spot.on_demand_base
      on_demand_percentage_above_base_capacity = local.on_demand_percent
      spot_allocation_strategy                 = "price-capacity-optimized"
    }
  }

  # A new launch template (image, size, user data) reaches the running instances group by group.
  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = var.refresh.minimum_healthy_percent
      max_healthy_percentage = var.refresh.maximum_healthy_percent
      skip_matching          = true
      # AWS rolls back to an image id only: a parameter may have moved on meanwhile.
      auto_rollback = var.ami.id != null
    }
  }

  dynamic "tag" {
    for_each = local.launch_tags
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = false # the launch template has them for instances, volumes and interfaces
    }
  }
}

locals {
  on_demand_percent = var.spot == null ? 100 : var.spot.on_demand_percent
}

resource "aws_autoscaling_policy" "cpu" {
  count = var.scaling_cpu_percent == null ? 0 : 1

  name                   = "${var.name}-cpu"
  autoscaling_group_name = aws_autoscaling_group.this.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = var.scaling_cpu_percent

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_schedule" "this" {
  for_each = var.schedules

  scheduled_action_name  = "${var.name}-${each.key}"
  autoscaling_group_name = aws_autoscaling_group.this.name
  recurrence             = each.value.recurrence
  time_zone              = each.value.timezone
  min_size               = each.value.minimum
  max_size               = each.value.maximum
  desired_capacity       = each.value.minimum # a higher minimum starts instances, a lower one would leave them running
}
