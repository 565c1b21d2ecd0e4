# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111111111111:log-group:acme" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/acme" }
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
  name       = "acme-dev-shop"
  account_id = "111111111111"
  cidr_block = "10.20.0.0/16"

  flow_logs          = { traffic_type = "REJECT" }
  log_retention_days = 14
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.vpc_id == aws_vpc.this.id
    error_message = "got ${jsonencode(output.vpc_id)}"
  }

  assert {
    condition     = output.vpc_arn == aws_vpc.this.arn
    error_message = "got ${jsonencode(output.vpc_arn)}"
  }

  assert {
    condition     = output.default_security_group_id == aws_default_security_group.emptied.id
    error_message = "got ${jsonencode(output.default_security_group_id)}"
  }

  assert {
    condition     = output.flow_log_id == one(aws_flow_log.this[*].id)
    error_message = "got ${jsonencode(output.flow_log_id)}"
  }
}
