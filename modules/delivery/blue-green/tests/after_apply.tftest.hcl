# What a plan cannot show, because AWS gives it: the group's ARN.
mock_provider "aws" {}

variables {
  name     = "acme"
  role_arn = "arn:aws:iam::111111111111:role/acme"
}

run "the_arn_comes_out" {
  assert {
    condition     = output.deployment_group_arn == aws_codedeploy_deployment_group.this.arn
    error_message = "got ${output.deployment_group_arn}"
  }
}
