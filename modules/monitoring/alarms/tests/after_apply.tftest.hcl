# What a plan cannot show, because AWS gives it: the alarms' ARNs.
mock_provider "aws" {}

variables {
  name = "acme"
  alarms = {
    errors = { description = "d", threshold = 0, metric = { namespace = "n", name = "m" } }
    broken = { description = "d", composite = { any_of = ["errors"] } }
  }
}

run "arns_of_both_sorts_come_out_by_key" {
  assert {
    condition = output.alarm_arns == {
      errors = aws_cloudwatch_metric_alarm.this["errors"].arn
      broken = aws_cloudwatch_composite_alarm.this["broken"].arn
    }
    error_message = "got ${jsonencode(output.alarm_arns)}"
  }
}
