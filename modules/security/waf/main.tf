resource "aws_wafv2_web_acl" "this" {
  name        = var.name
  description = "Guards ${var.name}"
  scope       = var.scope
  tags        = var.tags

  default_action {
    allow {}
  }

  # First the addresses that a person decided on, then countries, then rates, then what AWS knows of attacks: a rule that
  # ends the matter early costs least.
  dynamic "rule" {
    for_each = local.address_rules

    content {
      name     = rule.key
      priority = rule.value.priority

      action {
        dynamic "allow" {
          for_each = rule.value.action == "allow" ? [1] : []
          content {}
        }

        dynamic "block" {
          for_each = rule.value.action == "block" ? [1] : []
          content {}
        }

        dynamic "count" {
          for_each = rule.value.action == "count" ? [1] : []
          content {}
        }
      }

      statement {
        ip_set_reference_statement {
          arn = aws_wafv2_ip_set.this[rule.value.set].arn
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = true
        metric_name                = "${var.name}-${rule.key}"
      }
    }
  }

  dynamic "rule" {
    for_each = length(var.blocked_countries) > 0 ? [var.blocked_countries] : []

    content {
      name     = "countries"
      priority = 100

      action {
        dynamic "block" {
          for_each = var.count_only ? [] : [1]
          content {}
        }

        dynamic "count" {
          for_each = var.count_only ? [1] : []
          content {}
        }
      }

      statement {
        geo_match_statement {
          country_codes = rule.value
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = true
        metric_name                = "${var.name}-countries"
      }
    }
  }

  dynamic "rule" {
    for_each = var.rate_limits

    content {
      name     = "rate-${rule.key}"
      priority = rule.value.priority

      action {
        dynamic "block" {
          for_each = var.count_only ? [] : [1]

          content {
            custom_response {
              response_code = 429
            }
          }
        }

        dynamic "count" {
          for_each = var.count_only ? [1] : []
          content {}
        }
      }

      statement {
        rate_based_statement {
          limit                 = rule.value.requests
          evaluation_window_sec = rule.value.seconds
          aggregate_key_type    = rule.value.header == null ? "IP" : "CUSTOM_KEYS"

          dynamic "custom_key" {
            for_each = rule.value.header[*]

            content {
              header {
                name = custom_key.value

                text_transformation {
                  priority = 0
                  type     = "NONE"
                }
              }
            }
          }

          dynamic "scope_down_statement" {
            for_each = rule.value.path_prefix[*]

            content {
              byte_match_statement {
                search_string         = scope_down_statement.value
                positional_constraint = "STARTS_WITH"

                field_to_match {
                  uri_path {}
                }

                # Otherwise /%61pi would pass for another path than /api.
                text_transformation {
                  priority = 0
                  type     = "URL_DECODE"
                }
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = true
        metric_name                = "${var.name}-rate-${rule.key}"
      }
    }
  }

  dynamic "rule" {
    for_each = var.managed_rule_groups

    content {
      name     = rule.key
      priority = rule.value.priority

      # "none" leaves each rule of the group its own action.
      override_action {
        dynamic "none" {
          for_each = var.count_only ? [] : [1]
          content {}
        }

        dynamic "count" {
          for_each = var.count_only ? [1] : []
          content {}
        }
      }

      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.key

          dynamic "rule_action_override" {
            for_each = rule.value.counted_rules

            content {
              name = rule_action_override.value

              action_to_use {
                count {}
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = true
        metric_name                = "${var.name}-${rule.key}"
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    sampled_requests_enabled   = true
    metric_name                = var.name
  }
}

locals {
  address_rules = merge([
    for key, set in var.ip_sets : {
      for family in ["IPV4", "IPV6"] : "${set.action}-${key}-${lower(family)}" => {
        set      = "${key}/${family}"
        action   = set.action == "block" && var.count_only ? "count" : set.action
        priority = set.priority * 2 + (family == "IPV4" ? 0 : 1)
      } if anytrue([for address in set.addresses : strcontains(address, ":") == (family == "IPV6")])
    }
  ]...)
}
