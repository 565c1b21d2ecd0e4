resource "aws_ecs_cluster" "this" {
  name = var.name
  tags = var.tags

  setting {
    name  = "containerInsights"
    value = var.container_insights
  }

  configuration {
    execute_command_configuration {
      kms_key_id = one(var.kms_key[*].arn)
      # What is typed into a running task is kept in a group of ours, not in each task's own log.
      logging = "OVERRIDE"

      log_configuration {
        cloud_watch_log_group_name     = aws_cloudwatch_log_group.execute_command.name
        cloud_watch_encryption_enabled = var.log_kms_key_arn != null
      }
    }

    dynamic "managed_storage_configuration" {
      for_each = var.kms_key[*]
      content {
        fargate_ephemeral_storage_kms_key_id = managed_storage_configuration.value.arn
      }
    }
  }

  dynamic "service_connect_defaults" {
    for_each = var.service_connect_namespace[*]
    content {
      namespace = service_connect_defaults.value.arn
    }
  }
}

resource "aws_cloudwatch_log_group" "execute_command" {
  name              = "/aws/ecs/${var.name}/execute-command"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}
