module "given" {
  source = "./prerequisites"
  name   = "acme-serverless"
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
}
