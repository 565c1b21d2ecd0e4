# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111111111111:log-group:acme" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name               = "acme-dev-bookstore"
  account_id         = "111111111111"
  kms_key_arn        = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  master_role_arn    = "arn:aws:iam::111111111111:role/acme-dev-bookstore-search-master"
  nodes              = { type = "t3.small.search", count = 2 }
  zone_count         = 2
  subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  security_group_ids = ["sg-0a1b2c3d4e5f60001"]
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.alarm_arns == { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.arn } && length(output.alarm_arns) > 0
    error_message = "got ${jsonencode(output.alarm_arns)}"
  }

  assert {
    condition     = output.dashboard_endpoint == aws_opensearch_domain.this.dashboard_endpoint
    error_message = "got ${jsonencode(output.dashboard_endpoint)}"
  }

  assert {
    condition     = output.domain_arn == aws_opensearch_domain.this.arn
    error_message = "got ${jsonencode(output.domain_arn)}"
  }

  assert {
    condition     = output.endpoint == aws_opensearch_domain.this.endpoint
    error_message = "got ${jsonencode(output.endpoint)}"
  }
}
