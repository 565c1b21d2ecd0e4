# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111111111111:log-group:acme" }
  }
}

variables {
  name = "acme-dev-order-analytics"
  openapi = jsonencode({
    openapi = "3.0.3"
    info    = { title = "Orders", version = "1" }
    paths = {
      "/orders" = { post = {
        security    = [{ signed = [] }]
        requestBody = { required = true, content = { "application/json" = { schema = { "$ref" = "#/components/schemas/Order" } } } }
        responses   = { "201" = { description = "Stored." } }
        "x-amazon-apigateway-integration" = {
          type       = "aws_proxy"
          httpMethod = "POST"
          uri        = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:orders:live/invocations"
        }
      } }
      "/healthz" = { get = {
        responses = { "200" = { description = "Up." } }
        "x-amazon-apigateway-integration" = {
          type             = "mock"
          requestTemplates = { "application/json" = "{\"statusCode\": 200}" }
          responses        = { default = { statusCode = "200" } }
        }
      } }
    }
    components = {
      schemas = { Order = {
        type       = "object"
        required   = ["order_id", "items"]
        properties = { order_id = { type = "string" }, items = { type = "array", minItems = 1 } }
      } }
      securitySchemes = { signed = { type = "apiKey", name = "Authorization", in = "header", "x-amazon-apigateway-authtype" = "awsSigv4" } }
    }
  })

  public_operations = ["GET /healthz"]
  throttling        = { rate = 50, burst = 100 }
  method_throttling = { "POST /orders" = { rate = 20, burst = 40 } }
  tags              = { System = "order-analytics", Module = "api-ingestion" }

  client_certificates = { presented = "2026" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.client_certificates == { "2026" = { pem = aws_api_gateway_client_certificate.back_end["2026"].pem_encoded_certificate, expires = aws_api_gateway_client_certificate.back_end["2026"].expiration_date } }
    error_message = "got ${jsonencode(output.client_certificates)}"
  }

  assert {
    condition     = output.api_id == aws_api_gateway_rest_api.this.id
    error_message = "got ${jsonencode(output.api_id)}"
  }

  assert {
    condition     = output.execution_arn == aws_api_gateway_rest_api.this.execution_arn
    error_message = "got ${jsonencode(output.execution_arn)}"
  }

  assert {
    condition     = output.invoke_url == aws_api_gateway_stage.this.invoke_url
    error_message = "got ${jsonencode(output.invoke_url)}"
  }

  assert {
    condition     = output.stage_arn == aws_api_gateway_stage.this.arn
    error_message = "got ${jsonencode(output.stage_arn)}"
  }
}
