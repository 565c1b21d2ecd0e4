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
  name            = "acme-dev-storefront"
  account_id      = "111111111111"
  first_day       = "2026/01/01"
  kms_key_arn     = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  log_bucket_name = "acme-dev-platform-logs-111111111111"

  load_balancer_prefixes = { requests = "storefront" }
  distributions          = { pages = { name = "acme-dev-storefront", id = "E1EXAMPLE" } }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.bucket_name == module.answers.bucket_name
    error_message = "got ${jsonencode(output.bucket_name)}"
  }

  assert {
    condition     = output.query_ids == module.athena.query_ids
    error_message = "got ${jsonencode(output.query_ids)}"
  }

  assert {
    condition     = output.workgroup_arn == module.athena.workgroup_arn
    error_message = "got ${jsonencode(output.workgroup_arn)}"
  }
}
