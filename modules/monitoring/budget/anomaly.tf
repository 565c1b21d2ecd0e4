# Learns what each service, or what carries one tag, usually costs; nobody has to guess a limit.
resource "aws_ce_anomaly_monitor" "this" {
  count = var.anomaly == null ? 0 : 1

  name              = var.name
  monitor_type      = var.anomaly.tag == null ? "DIMENSIONAL" : "CUSTOM"
  monitor_dimension = var.anomaly.tag == null ? "SERVICE" : null
  monitor_specification = var.anomaly.tag == null ? null : jsonencode({
    And            = null
    CostCategories = null
    Dimensions     = null
    Not            = null
    Or             = null
    Tags           = { Key = var.anomaly.tag.key, MatchOptions = null, Values = sort(var.anomaly.tag.values) }
  })

  tags = var.tags
}

resource "aws_ce_anomaly_subscription" "this" {
  count = var.anomaly == null ? 0 : 1

  account_id       = var.account_id
  name             = var.name
  frequency        = local.immediate ? "IMMEDIATE" : "DAILY"
  monitor_arn_list = [aws_ce_anomaly_monitor.this[0].arn]

  # Both at once: a tenth more of very little is no news, and neither is $100 more of a million.
  threshold_expression {
    and {
      dimension {
        key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
        match_options = ["GREATER_THAN_OR_EQUAL"]
        values        = [tostring(var.anomaly.minimum_usd)]
      }
    }
    and {
      dimension {
        key           = "ANOMALY_TOTAL_IMPACT_PERCENTAGE"
        match_options = ["GREATER_THAN_OR_EQUAL"]
        values        = [tostring(var.anomaly.minimum_percent)]
      }
    }
  }

  dynamic "subscriber" {
    for_each = local.immediate ? var.alarm_topic_arns : var.email_addresses
    content {
      address = subscriber.value
      type    = local.immediate ? "SNS" : "EMAIL"
    }
  }

  tags = var.tags
}

locals {
  # AWS tells a topic at once and an address once a day; one subscription cannot do both.
  immediate = length(var.alarm_topic_arns) > 0
}
