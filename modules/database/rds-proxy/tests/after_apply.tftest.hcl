# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/acme" }
  }
  # A name that is made up may begin with a digit, which the target refuses.
  mock_resource "aws_db_proxy_default_target_group" {
    defaults = { name = "default" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name               = "acme-dev-shop"
  account_id         = "111111111111"
  kms_key_arn        = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  security_group_ids = ["sg-0a1b2c3d4e5f60001"]
  secret_arns        = { app = "arn:aws:secretsmanager:us-east-1:111111111111:secret:acme-dev-shop-connection-a1b2c3" }
  target             = { instance_identifier = "acme-dev-shop" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.endpoint == aws_db_proxy.this.endpoint
    error_message = "got ${jsonencode(output.endpoint)}"
  }

  assert {
    condition     = output.proxy_arn == aws_db_proxy.this.arn
    error_message = "got ${jsonencode(output.proxy_arn)}"
  }
}
