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
  name       = "acme-dev-platform"
  account_id = "111111111111"

  keys = {
    logs = {
      description = "CloudWatch log groups"
      services = {
        "logs.us-east-1.amazonaws.com" = {
          actions = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
          conditions = {
            ArnLike = { "kms:EncryptionContext:aws:logs:arn" = ["arn:aws:logs:us-east-1:111111111111:*"] }
          }
        }
      }
    }
    messaging = {
      description = "Topics and queues"
      services    = { "events.amazonaws.com" = {}, "cloudwatch.amazonaws.com" = {} }
    }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.key_arns == { for key, created in local.keys : key => created.arn } && length(output.key_arns) > 0
    error_message = "got ${jsonencode(output.key_arns)}"
  }

  assert {
    condition     = output.key_ids == { for key, created in local.keys : key => created.key_id } && length(output.key_ids) > 0
    error_message = "got ${jsonencode(output.key_ids)}"
  }
}
