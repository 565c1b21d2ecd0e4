module "given" {
  source = "./prerequisites"
  name   = "acme-serverless"
}

module "queues" {
  source = "./modules/messaging/sqs"

  name   = "acme-serverless"
  queues = { failures = { holds_failures = true } }
}

resource "aws_lambda_code_signing_config" "this" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:us-east-1:${module.given.account_id}:/signing-profiles/acme/0a1b2c3d4e"]
  }
}

module "orders_api" {
  source = "./modules/patterns/serverless-api"

  name       = "acme-serverless"
  account_id = module.given.account_id
  authorizer = { type = "iam" }

  functions = {
    order-processor = {
      filename    = "artifacts/acme_serverless.zip"
      role_arn    = module.given.role_arn
      environment = { TABLE_NAME = "acme-serverless-orders" }

      security_group_ids = [module.given.security_group_id]
      dead_letter        = { arn = module.queues.queue_arns["failures"] }
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
      /stock/{sku}:
        get:
          parameters: [{name: sku, in: path, required: true, schema: {type: string}}]
          responses: {"200": {description: How many there are.}}
          x-amazon-apigateway-integration:
            type: http_proxy
            httpMethod: GET
            uri: https://warehouse.example.com/stock/{sku}
            requestParameters: {integration.request.path.sku: method.request.path.sku}
            cacheKeyParameters: [method.request.path.sku]
  EOT

  subnet_ids              = values(module.given.subnet_ids)
  code_signing_config_arn = aws_lambda_code_signing_config.this.arn

  public_operations   = ["GET /stock/{sku}"]
  cache               = { operations = { "GET *" = {} } }
  client_certificates = { presented = "2026" }

  throttling = { rate = 50, burst = 100 }
}
