# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name       = "acme-dev-orders"
  account_id = "111111111111"
  access_log = { bucket_name = "acme-dev-platform-logs-111111111111" }

  tables = {
    orders = {
      hash_key         = { name = "order_id", type = "S" }
      stream_view_type = "NEW_IMAGE"
    }
  }

  buckets = {
    reports = { lifecycle_rules = { old = { expiration_days = 365 } } }
  }

  bucket_writer_role_arns = { reports = ["arn:aws:iam::111111111111:role/acme-dev-orders-report-generator"] }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.bucket_arns == { for key, bucket in module.bucket : key => bucket.bucket_arn } && length(output.bucket_arns) > 0
    error_message = "got ${jsonencode(output.bucket_arns)}"
  }

  assert {
    condition     = output.table_arns == { for key, table in module.table : key => table.table_arn } && length(output.table_arns) > 0
    error_message = "got ${jsonencode(output.table_arns)}"
  }

  assert {
    condition     = output.table_stream_arns == { for key, table in module.table : key => table.stream_arn } && length(output.table_stream_arns) > 0
    error_message = "got ${jsonencode(output.table_stream_arns)}"
  }
}
