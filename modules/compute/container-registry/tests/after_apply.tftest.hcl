# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name = "acme-dev-storefront"
  repositories = {
    product = {}
    cart    = { keep_by_tag_prefix = { v = 10, main- = 5 } }
  }
  pull_account_ids = ["222222222222"]
  replication_destinations = {
    second-region = { account_id = "111111111111", region = "us-west-2" }
  }
  tags = { System = "storefront", Module = "registry" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.repository_arns == { for key, repository in aws_ecr_repository.this : key => repository.arn } && length(output.repository_arns) > 0
    error_message = "got ${jsonencode(output.repository_arns)}"
  }

  assert {
    condition     = output.repository_urls == { for key, repository in aws_ecr_repository.this : key => repository.repository_url } && length(output.repository_urls) > 0
    error_message = "got ${jsonencode(output.repository_urls)}"
  }
}
