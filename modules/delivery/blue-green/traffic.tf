locals {
  routing_types = { all-at-once = "AllAtOnce", canary = "TimeBasedCanary", linear = "TimeBasedLinear" }
}

resource "aws_codedeploy_deployment_config" "this" {
  # Everything that the API cannot change is part of the name: another shift needs a new configuration
  # before the old one can go.
  deployment_config_name = join("-", concat([var.name, var.traffic.shift], var.traffic.shift == "all-at-once" ? [] : ["${var.traffic.percent}pc", "${var.traffic.minutes}min"]))
  compute_platform       = local.platform

  traffic_routing_config {
    type = local.routing_types[var.traffic.shift]

    dynamic "time_based_canary" {
      for_each = var.traffic.shift == "canary" ? [var.traffic] : []
      content {
        percentage = time_based_canary.value.percent
        interval   = time_based_canary.value.minutes
      }
    }

    dynamic "time_based_linear" {
      for_each = var.traffic.shift == "linear" ? [var.traffic] : []
      content {
        percentage = time_based_linear.value.percent
        interval   = time_based_linear.value.minutes
      }
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}
