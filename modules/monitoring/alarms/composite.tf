locals {
  composite_alarms = { for key, alarm in var.alarms : key => alarm if alarm.composite != null }

  # Names and not resources: the rule text must be known in a plan.
  _any = { for key, alarm in local.composite_alarms : key => join(" OR ", [for member in sort(alarm.composite.any_of) : "ALARM(\"${var.name}-${member}\")"]) }
  _all = { for key, alarm in local.composite_alarms : key => join(" AND ", [for member in sort(alarm.composite.all_of) : "ALARM(\"${var.name}-${member}\")"]) }
}

resource "aws_cloudwatch_composite_alarm" "this" {
  for_each = local.composite_alarms

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.description
  alarm_rule        = join(" AND ", [for part in [local._any[each.key], local._all[each.key]] : "(${part})" if part != ""])

  alarm_actions = each.value.notify ? var.alarm_topic_arns : []
  ok_actions    = each.value.notify && each.value.notify_recovery ? var.alarm_topic_arns : []

  # Quiet while the named alarm rings: a deployment or an outage further down that is known already.
  dynamic "actions_suppressor" {
    for_each = each.value.composite.quiet_during[*]
    content {
      alarm            = "${var.name}-${actions_suppressor.value}"
      wait_period      = each.value.composite.quiet_wait_seconds
      extension_period = each.value.composite.quiet_extension_seconds
    }
  }

  tags = var.tags

  # The API refuses a rule that names an alarm which does not exist yet.
  depends_on = [aws_cloudwatch_metric_alarm.this]
}
