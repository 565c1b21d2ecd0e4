# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
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
  name        = "acme-dev-orders-reports-111111111111"
  kms_key_arn = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  access_log  = { bucket_name = "acme-dev-platform-logs-111111111111" }

  lifecycle_rules = {
    reports = {
      prefix          = "reports/"
      transition_days = { STANDARD_IA = 30 }
      expiration_days = 365
    }
  }

  notifications = { eventbridge = true }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.bucket_arn == aws_s3_bucket.this.arn
    error_message = "got ${jsonencode(output.bucket_arn)}"
  }

  assert {
    condition     = output.bucket_regional_domain_name == aws_s3_bucket.this.bucket_regional_domain_name
    error_message = "got ${jsonencode(output.bucket_regional_domain_name)}"
  }
}
