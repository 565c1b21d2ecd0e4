locals {
  # Keyed by both names, so that neither another rule nor another target moves it.
  targets = merge([
    for rule_key, rule in var.rules : { for key, target in rule.targets : "${rule_key}/${key}" => merge(target, { id = key, rule = rule_key }) }
  ]...)
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.targets

  event_bus_name = local.rule_bus_names[each.value.rule]
  rule           = aws_cloudwatch_event_rule.this[each.value.rule].name
  target_id      = each.value.id
  arn            = each.value.arn
  role_arn       = each.value.role_arn
  input          = each.value.input
  input_path     = each.value.input_path

  retry_policy {
    maximum_event_age_in_seconds = each.value.retry.max_age_seconds
    maximum_retry_attempts       = each.value.retry.max_attempts
  }

  dynamic "dead_letter_config" {
    for_each = each.value.dead_letter_arn[*]
    content {
      arn = dead_letter_config.value
    }
  }

  dynamic "input_transformer" {
    for_each = each.value.transformer[*]
    content {
      input_paths    = input_transformer.value.paths
      input_template = input_transformer.value.template
    }
  }

  dynamic "sqs_target" {
    for_each = each.value.message_group_id[*]
    content {
      message_group_id = sqs_target.value
    }
  }
}
