locals {
  platform = var.ecs == null ? "Lambda" : "ECS"
}

resource "aws_codedeploy_app" "this" {
  name             = var.name
  compute_platform = local.platform

  tags = var.tags
}

resource "aws_codedeploy_deployment_group" "this" {
  app_name               = aws_codedeploy_app.this.name
  deployment_group_name  = var.name
  service_role_arn       = var.role_arn
  deployment_config_name = aws_codedeploy_deployment_config.this.deployment_config_name

  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }

  # A stop by hand is a no to the new version, as a failure and an alarm are.
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]
  }

  # Only with alarms: the provider reads a block without any back as none, and would write it at every apply.
  dynamic "alarm_configuration" {
    for_each = length(var.alarm_names) > 0 ? [var.alarm_names] : []
    content {
      enabled = true
      alarms  = alarm_configuration.value
      # An alarm whose state cannot be read says nothing good about the deployment.
      ignore_poll_alarm_failure = false
    }
  }

  dynamic "trigger_configuration" {
    for_each = var.notification_topic[*]
    content {
      trigger_name       = "tell"
      trigger_target_arn = trigger_configuration.value.arn
      trigger_events     = ["DeploymentFailure", "DeploymentRollback", "DeploymentStart", "DeploymentStop", "DeploymentSuccess"]
    }
  }

  dynamic "ecs_service" {
    for_each = var.ecs[*]
    content {
      cluster_name = ecs_service.value.cluster_name
      service_name = ecs_service.value.service_name
    }
  }

  dynamic "load_balancer_info" {
    for_each = var.ecs[*]
    content {
      target_group_pair_info {
        prod_traffic_route {
          listener_arns = [load_balancer_info.value.listener_arn]
        }
        dynamic "test_traffic_route" {
          for_each = load_balancer_info.value.test_listener[*]
          content {
            listener_arns = [test_traffic_route.value.arn]
          }
        }
        target_group {
          name = load_balancer_info.value.blue_target_group_name
        }
        target_group {
          name = load_balancer_info.value.green_target_group_name
        }
      }
    }
  }

  dynamic "blue_green_deployment_config" {
    for_each = var.ecs[*]
    content {
      deployment_ready_option {
        action_on_timeout    = blue_green_deployment_config.value.wait_for_approval_minutes == 0 ? "CONTINUE_DEPLOYMENT" : "STOP_DEPLOYMENT"
        wait_time_in_minutes = blue_green_deployment_config.value.wait_for_approval_minutes
      }
      terminate_blue_instances_on_deployment_success {
        action                           = "TERMINATE"
        termination_wait_time_in_minutes = blue_green_deployment_config.value.keep_blue_minutes
      }
    }
  }

  tags = var.tags
}
