# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}", minified_json = "{}" }
  }
}

variables {
  name = "acme-dev-platform"

  policies = {
    read-orders = {
      description = "Reads the orders table"
      statements = {
        ReadOrders = {
          actions   = ["dynamodb:GetItem", "dynamodb:Query"]
          resources = ["arn:aws:dynamodb:us-east-1:111111111111:table/acme-dev-orders"]
        }
      }
    }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.policy_arns == { for key, policy in aws_iam_policy.this : key => policy.arn } && length(output.policy_arns) > 0
    error_message = "got ${jsonencode(output.policy_arns)}"
  }
}
