# Every identity sends through it unless a message names another, so no mail leaves without its rules.
resource "aws_sesv2_configuration_set" "this" {
  configuration_set_name = var.name

  delivery_options {
    tls_policy = var.allow_delivery_without_tls ? "OPTIONAL" : "REQUIRE"
  }

  reputation_options {
    reputation_metrics_enabled = true
  }

  sending_options {
    sending_enabled = !var.sending_paused
  }

  # Without it one dead address keeps hurting the reputation of the whole account.
  suppression_options {
    suppressed_reasons = ["BOUNCE", "COMPLAINT"]
  }

  tags = var.tags
}

resource "aws_sesv2_configuration_set_event_destination" "this" {
  for_each = var.event_destinations

  configuration_set_name = aws_sesv2_configuration_set.this.configuration_set_name
  event_destination_name = each.key

  event_destination {
    enabled              = true
    matching_event_types = each.value.event_types

    dynamic "cloud_watch_destination" {
      for_each = each.value.metric_dimensions == null ? [] : [each.value.metric_dimensions]
      content {
        dynamic "dimension_configuration" {
          for_each = cloud_watch_destination.value
          content {
            dimension_name          = dimension_configuration.key
            default_dimension_value = dimension_configuration.value
            dimension_value_source  = "MESSAGE_TAG"
          }
        }
      }
    }

    dynamic "event_bridge_destination" {
      for_each = each.value.event_bus_arn[*]
      content {
        event_bus_arn = event_bridge_destination.value
      }
    }

    dynamic "sns_destination" {
      for_each = each.value.topic_arn[*]
      content {
        topic_arn = sns_destination.value
      }
    }
  }
}
