# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name   = "acme-dev-shop"
  vpc_id = "vpc-0123456789abcdef0"

  public_route_table_ids = {
    us-east-1a = "rtb-0123456789abcdef0"
    us-east-1b = "rtb-0123456789abcdef1"
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.internet_gateway_id == aws_internet_gateway.this.id
    error_message = "got ${jsonencode(output.internet_gateway_id)}"
  }

  assert {
    condition     = output.internet_gateway_arn == aws_internet_gateway.this.arn
    error_message = "got ${jsonencode(output.internet_gateway_arn)}"
  }
}
