# What a plan cannot show, because AWS gives it: the dashboard's ARN.
mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name    = "acme"
  widgets = [{ title = "Calls", metrics = [{ namespace = "AWS/Lambda", name = "Invocations" }] }]
}

run "the_arn_comes_out" {
  assert {
    condition     = output.dashboard_arn == aws_cloudwatch_dashboard.this.dashboard_arn
    error_message = "got ${output.dashboard_arn}"
  }
}
