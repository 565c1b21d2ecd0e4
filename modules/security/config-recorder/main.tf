data "aws_partition" "current" {}

resource "aws_config_configuration_recorder" "this" {
  name     = var.name
  role_arn = aws_iam_role.this.arn

  recording_group {
    all_supported                 = length(var.excluded_resource_types) == 0
    include_global_resource_types = length(var.excluded_resource_types) == 0 && var.record_global_resources

    dynamic "exclusion_by_resource_types" {
      for_each = length(var.excluded_resource_types) > 0 ? [var.excluded_resource_types] : []

      content {
        resource_types = exclusion_by_resource_types.value
      }
    }

    recording_strategy {
      use_only = length(var.excluded_resource_types) == 0 ? "ALL_SUPPORTED_RESOURCE_TYPES" : "EXCLUSION_BY_RESOURCE_TYPES"
    }
  }

  recording_mode {
    recording_frequency = var.recording_frequency
  }
}

resource "aws_config_delivery_channel" "this" {
  name           = var.name
  s3_bucket_name = var.bucket_name
  s3_key_prefix  = var.bucket_prefix
  s3_kms_key_arn = var.kms_key_arn
  sns_topic_arn  = var.topic_arn

  snapshot_delivery_properties {
    delivery_frequency = "TwentyFour_Hours"
  }

  depends_on = [aws_config_configuration_recorder.this]
}

resource "aws_config_configuration_recorder_status" "this" {
  name       = aws_config_configuration_recorder.this.name
  is_enabled = true

  # A recorder without a channel cannot be started.
  depends_on = [aws_config_delivery_channel.this]
}
