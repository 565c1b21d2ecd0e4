# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111111111111:log-group:acme" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/acme" }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { execution_arn = "arn:aws:execute-api:us-east-1:111111111111:a1b2c3d4e5" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name       = "acme-dev-order-analytics"
  account_id = "111111111111"
  authorizer = { type = "iam" }

  functions = {
    order-processor = {
      filename    = "artifacts/order_processor.zip"
      role_arn    = "arn:aws:iam::111111111111:role/acme-dev-order-analytics-order-processor"
      environment = { TABLE_NAME = "acme-dev-order-analytics-orders" }
    }
  }
  function_settings = {
    order-processor = { memory_mb = 512, reserved_concurrency = 20 }
  }

  openapi = <<-EOT
    openapi: 3.0.3
    info: {title: Orders, version: "1"}
    paths:
      /orders:
        post:
          responses: {"201": {description: Stored.}}
          x-amazon-apigateway-integration:
            type: aws_proxy
            httpMethod: POST
            uri: $${invoke_arns["order-processor"]}
  EOT

  throttling = { rate = 50, burst = 100 }
  tags       = { System = "order-analytics", Module = "api-ingestion" }

  client_certificates = { presented = "2026" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.client_certificates == module.api.client_certificates && length(output.client_certificates) > 0
    error_message = "got ${jsonencode(output.client_certificates)}"
  }

  assert {
    condition     = output.api_id == module.api.api_id
    error_message = "got ${jsonencode(output.api_id)}"
  }

  assert {
    condition     = output.function_arns == { for key, function in module.function : key => function.alias_arn } && length(output.function_arns) > 0
    error_message = "got ${jsonencode(output.function_arns)}"
  }

  assert {
    condition     = output.invoke_url == module.api.invoke_url
    error_message = "got ${jsonencode(output.invoke_url)}"
  }

  assert {
    condition     = output.stage_arn == module.api.stage_arn
    error_message = "got ${jsonencode(output.stage_arn)}"
  }
}
