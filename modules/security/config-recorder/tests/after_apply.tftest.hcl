# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/acme" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name        = "acme-prod-platform"
  account_id  = "333333333333"
  bucket_name = "acme-prod-platform-logs-333333333333"

  excluded_resource_types = ["AWS::EC2::NetworkInterface"]
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.role_arn == aws_iam_role.this.arn
    error_message = "got ${jsonencode(output.role_arn)}"
  }

  assert {
    condition     = output.rule_arns == { for key, rule in aws_config_config_rule.this : key => rule.arn } && length(output.rule_arns) > 0
    error_message = "got ${jsonencode(output.rule_arns)}"
  }
}
