# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name             = "acme-dev-orders"
  hash_key         = { name = "order_id", type = "S" }
  stream_view_type = "NEW_IMAGE"

  global_indexes = {
    by-day = {
      hash_key  = { name = "day", type = "S" }
      range_key = { name = "order_id", type = "S" }
    }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.table_arn == aws_dynamodb_table.this.arn
    error_message = "got ${jsonencode(output.table_arn)}"
  }
}
