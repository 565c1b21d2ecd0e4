# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name       = "acme-dev-storefront"
  account_id = "111111111111"
  results    = { bucket_name = "acme-dev-storefront-results-111111111111" }

  tables = {
    requests = {
      kind      = "alb"
      location  = "s3://acme-dev-platform-logs-111111111111/storefront/AWSLogs/111111111111/elasticloadbalancing/us-east-1/"
      first_day = "2026/01/01"
    }
  }

  queries = {
    slowest = { sql = "SELECT request_url, target_processing_time FROM requests WHERE day = '2026/01/31' ORDER BY 2 DESC LIMIT 20" }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.query_ids == { for key, query in aws_athena_named_query.this : key => query.id } && length(output.query_ids) > 0
    error_message = "got ${jsonencode(output.query_ids)}"
  }

  assert {
    condition     = output.workgroup_arn == aws_athena_workgroup.this.arn
    error_message = "got ${jsonencode(output.workgroup_arn)}"
  }
}
