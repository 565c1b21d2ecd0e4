# What a plan cannot show, because AWS gives it: ARNs.
mock_provider "aws" {}

variables {
  name            = "acme"
  role_arn        = "arn:aws:iam::111111111111:role/acme"
  runtime_version = "syn-python-selenium-5.1"
  code            = { bucket_name = "code", key = "canary.zip", version_id = "1" }
  artifacts       = { bucket_name = "reports" }
}

run "arns_come_out" {
  assert {
    condition     = output.canary_arn == aws_synthetics_canary.this.arn && output.alarm_arn == aws_cloudwatch_metric_alarm.success.arn
    error_message = "got ${jsonencode([output.canary_arn, output.alarm_arn])}"
  }
}
