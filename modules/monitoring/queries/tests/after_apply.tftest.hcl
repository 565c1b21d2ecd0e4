# What a plan cannot show, because AWS gives it: the ids.
mock_provider "aws" {}

variables {
  name    = "acme"
  queries = { errors = { log_group_names = ["/a"], query = "fields @message" } }
}

run "ids_come_out_by_key" {
  assert {
    condition     = output.query_ids == { errors = aws_cloudwatch_query_definition.this["errors"].query_definition_id }
    error_message = "got ${jsonencode(output.query_ids)}"
  }
}
