# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name     = "acme-dev-order-analytics-order-processor"
  role_arn = "arn:aws:iam::111111111111:role/acme-dev-order-analytics-order-processor"
  package = {
    filename                = "artifacts/order_processor.zip"
    code_signing_config_arn = "arn:aws:lambda:us-east-1:111111111111:code-signing-config:csc-0123456789abcdef0"
  }

  environment        = { TABLE_NAME = "acme-dev-order-analytics-orders" }
  subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  security_group_ids = ["sg-0a1b2c3d4e5f60001"]
  concurrency        = { reserved = 20 }

  dead_letter = { arn = "arn:aws:sqs:us-east-1:111111111111:acme-dev-order-analytics-failures" }
  permissions = {
    order-placed = {
      principal  = "events.amazonaws.com"
      source_arn = "arn:aws:events:us-east-1:111111111111:rule/acme-dev-order-analytics/order-placed"
    }
  }

  tags = { System = "order-analytics", Module = "api-ingestion" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.alias_arn == aws_lambda_alias.this.arn
    error_message = "got ${jsonencode(output.alias_arn)}"
  }

  assert {
    condition     = output.arn == aws_lambda_function.this.arn
    error_message = "got ${jsonencode(output.arn)}"
  }

  assert {
    condition     = output.invoke_arn == aws_lambda_alias.this.invoke_arn
    error_message = "got ${jsonencode(output.invoke_arn)}"
  }

  assert {
    condition     = output.log_group_arn == aws_cloudwatch_log_group.this.arn
    error_message = "got ${jsonencode(output.log_group_arn)}"
  }

  assert {
    condition     = output.version == aws_lambda_function.this.version
    error_message = "got ${jsonencode(output.version)}"
  }
}
