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
  name        = "acme-dev-platform"
  account_id  = "111111111111"
  bucket_name = "acme-dev-platform-audit-111111111111"
  kms_key_arn = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  data_events = {
    reports = { resource_type = "AWS::S3::Object", arn_prefixes = ["arn:aws:s3:::acme-dev-orders-reports-111111111111/"] }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.trail_arn == aws_cloudtrail.this.arn
    error_message = "got ${jsonencode(output.trail_arn)}"
  }
}
