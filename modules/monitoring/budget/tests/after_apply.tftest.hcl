# What a plan cannot show, because it is made of an ARN that AWS gives.
mock_provider "aws" {
  mock_resource "aws_ce_anomaly_monitor" {
    defaults = { arn = "arn:aws:ce::111111111111:anomalymonitor/mock" }
  }
}

variables {
  name            = "acme"
  account_id      = "111111111111"
  email_addresses = ["finance@example.com"]
  budgets         = { all = { limit_usd = 400 } }
}

run "the_subscription_listens_to_the_monitor" {
  assert {
    condition     = aws_ce_anomaly_subscription.this[0].monitor_arn_list == tolist([output.anomaly_monitor_arn]) && output.anomaly_monitor_arn == "arn:aws:ce::111111111111:anomalymonitor/mock"
    error_message = "got ${jsonencode(aws_ce_anomaly_subscription.this[0].monitor_arn_list)}"
  }
}
