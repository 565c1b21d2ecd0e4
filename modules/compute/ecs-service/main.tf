locals {
  rolling   = var.deployment.type == "rolling"
  container = "app"
}

resource "aws_ecs_service" "rolling" {
  count = local.rolling ? 1 : 0

  name                               = var.name
  cluster                            = var.cluster.arn
  task_definition                    = aws_ecs_task_definition.this.arn
  desired_count                      = var.scaling.minimum
  deployment_minimum_healthy_percent = var.deployment.minimum_healthy_percent
  deployment_maximum_percent         = var.deployment.maximum_percent
  availability_zone_rebalancing      = var.deployment.maximum_percent > 100 ? "ENABLED" : "DISABLED" # it starts before it stops
  enable_execute_command             = var.allow_execute_command
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  health_check_grace_period_seconds  = length(var.targets) > 0 ? var.health_check_grace_seconds : null
  tags                               = var.tags

  deployment_circuit_breaker {
    enable   = coalesce(var.deployment.circuit_breaker, true)
    rollback = coalesce(var.deployment.circuit_breaker, true)
  }

  dynamic "alarms" {
    for_each = length(var.deployment.alarm_names) > 0 ? [var.deployment.alarm_names] : []
    content {
      alarm_names = alarms.value
      enable      = true
      rollback    = true
    }
  }

  dynamic "capacity_provider_strategy" {
    for_each = var.capacity_strategy
    content {
      capacity_provider = capacity_provider_strategy.key
      base              = capacity_provider_strategy.value.base
      weight            = capacity_provider_strategy.value.weight
    }
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = var.security_group_ids
    assign_public_ip = var.assign_public_ip
  }

  dynamic "load_balancer" {
    for_each = var.targets
    content {
      target_group_arn = load_balancer.value.target_group_arn
      container_name   = local.container
      container_port   = coalesce(load_balancer.value.container_port, var.container.port)
    }
  }

  dynamic "service_registries" {
    for_each = var.service_registry[*]
    content {
      registry_arn = service_registries.value.arn
    }
  }

  lifecycle {
    # Autoscaling moves the number between scaling.minimum and scaling.maximum.
    ignore_changes = [desired_count]
  }
}

# CodeDeploy exchanges the tasks: it makes a second set, moves the traffic, and takes the first away.
resource "aws_ecs_service" "blue_green" {
  count = local.rolling ? 0 : 1

  name                              = var.name
  cluster                           = var.cluster.arn
  task_definition                   = aws_ecs_task_definition.this.arn
  desired_count                     = var.scaling.minimum
  enable_execute_command            = var.allow_execute_command
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"
  health_check_grace_period_seconds = var.health_check_grace_seconds
  tags                              = var.tags

  deployment_controller {
    type = "CODE_DEPLOY"
  }

  dynamic "capacity_provider_strategy" {
    for_each = var.capacity_strategy
    content {
      capacity_provider = capacity_provider_strategy.key
      base              = capacity_provider_strategy.value.base
      weight            = capacity_provider_strategy.value.weight
    }
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = var.security_group_ids
    assign_public_ip = var.assign_public_ip
  }

  dynamic "load_balancer" {
    for_each = var.targets
    content {
      target_group_arn = load_balancer.value.target_group_arn
      container_name   = local.container
      container_port   = coalesce(load_balancer.value.container_port, var.container.port)
    }
  }

  dynamic "service_registries" {
    for_each = var.service_registry[*]
    content {
      registry_arn = service_registries.value.arn
    }
  }

  lifecycle {
    # ECS refuses these to anybody but CodeDeploy, which has moved them on by the next plan; the number is autoscaling's.
    ignore_changes = [task_definition, load_balancer, desired_count]
  }
}
