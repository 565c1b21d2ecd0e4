# What a plan cannot show, because AWS gives it: the groups' ARNs.
mock_provider "aws" {}

variables {
  name       = "acme"
  log_groups = { api = {}, audit = {} }
}

run "arns_come_out_keyed_as_the_groups" {
  assert {
    condition     = output.log_group_arns == { for key, group in aws_cloudwatch_log_group.this : key => group.arn } && keys(output.log_group_arns) == ["api", "audit"]
    error_message = "got ${jsonencode(output.log_group_arns)}"
  }
}
