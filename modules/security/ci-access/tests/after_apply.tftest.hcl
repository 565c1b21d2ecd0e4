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
  name               = "acme-dev-ci"
  account_id         = "111111111111"
  repository         = "acme/infrastructure"
  github_environment = "dev"
  apply_policy_arns  = { power = "arn:aws:iam::aws:policy/PowerUserAccess" }

  states = {
    us-east-1 = { bucket_name = "acme-dev-tfstate-111111111111-us-east-1", kms_alias = "alias/acme-dev-tfstate" }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.role_arns == { for key, role in aws_iam_role.this : key => role.arn } && length(output.role_arns) > 0
    error_message = "got ${jsonencode(output.role_arns)}"
  }
}
