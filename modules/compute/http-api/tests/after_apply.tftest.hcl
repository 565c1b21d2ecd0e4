# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111111111111:log-group:acme" }
  }
}

variables {
  name = "acme-dev-bookstore"
  integrations = {
    catalog = { listener_arn = "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/inner/0a1b2c3d4e5f6000/1a2b3c4d5e6f7000" }
    health  = { function_arn = "arn:aws:lambda:us-east-1:111111111111:function:acme-dev-bookstore-health:live" }
  }
  routes = {
    "GET /books"  = { integration = "catalog", scopes = ["books/read"] }
    "GET /health" = { integration = "health", throttling = { rate = 5, burst = 10 } }
  }
  public_routes  = ["GET /health"]
  jwt_authorizer = { issuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI", audience = ["1example23456789"] }
  cors           = { allow_origins = ["https://books.example.com"] }
  vpc_link       = { subnet_ids = ["subnet-0a1b2c3d4e5f60001"], security_group_ids = ["sg-0a1b2c3d4e5f60001"] }
  tags           = { System = "bookstore", Module = "api" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.api_id == aws_apigatewayv2_api.this.id
    error_message = "got ${jsonencode(output.api_id)}"
  }

  assert {
    condition     = output.execution_arn == aws_apigatewayv2_api.this.execution_arn
    error_message = "got ${jsonencode(output.execution_arn)}"
  }

  assert {
    condition     = output.invoke_url == aws_apigatewayv2_stage.this.invoke_url
    error_message = "got ${jsonencode(output.invoke_url)}"
  }
}
