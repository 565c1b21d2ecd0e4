# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}", minified_json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name = "acme-dev-orders"

  roles = {
    order-writer = {
      description = "Stores orders"
      trust = {
        services   = ["lambda.amazonaws.com"]
        conditions = { StringEquals = { "aws:SourceAccount" = ["111111111111"] } }
      }
      statements = {
        StoreOrder = {
          actions   = ["dynamodb:PutItem"]
          resources = ["arn:aws:dynamodb:us-east-1:111111111111:table/acme-dev-orders"]
        }
        SendTraces = {
          actions                  = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
          resources                = ["*"]
          allow_wildcard_resources = "X-Ray has no resource-level permissions for writing traces."
        }
      }
    }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.role_arns == { for key, role in aws_iam_role.this : key => role.arn } && length(output.role_arns) > 0
    error_message = "got ${jsonencode(output.role_arns)}"
  }
}
