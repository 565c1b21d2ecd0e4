module "given" {
  source = "./prerequisites"
  name   = "acme-lambda"
}

module "queues" {
  source = "./modules/messaging/sqs"

  name   = "acme-lambda"
  queues = { orders = { visibility_timeout_seconds = 120 }, failures = { holds_failures = true } }
}

module "order_processor" {
  source = "./modules/compute/lambda"

  name     = "acme-lambda-order-processor"
  role_arn = module.given.role_arn
  package  = { filename = "artifacts/acme_lambda.zip" }

  environment        = { TABLE_NAME = "acme-lambda-orders" }
  subnet_ids         = values(module.given.subnet_ids)
  security_group_ids = [module.given.security_group_id]
  kms_key_arn        = module.given.key_arn
  concurrency        = { reserved = 20, provisioned = 2 }
  dead_letter        = { arn = module.queues.queue_arns["failures"] }
  async              = { maximum_retry_attempts = 1, on_failure = { arn = module.queues.queue_arns["failures"] } }
  event_sources      = { orders = { arn = module.queues.queue_arns["orders"], maximum_concurrency = 5 } }
  function_url       = {}

  permissions = {
    orders-api = {
      principal  = "apigateway.amazonaws.com"
      source_arn = "arn:aws:execute-api:us-east-1:111111111111:a1b2c3d4e5/*/POST/orders"
    }
  }
}
