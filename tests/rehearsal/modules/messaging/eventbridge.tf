module "given" {
  source = "./prerequisites"
  name   = "acme-events"
}

module "queues" {
  source = "./modules/messaging/sqs"

  name   = "acme-events"
  queues = { warehouse = {}, failures = { holds_failures = true } }
}

module "events" {
  source = "./modules/messaging/eventbridge"

  name        = "acme-events"
  description = "What happened to an order."
  archive     = { retention_days = 7 }
  kms_key_arn = module.given.key_arn
  rules = {
    paid = {
      description   = "Orders that are paid go to the warehouse."
      event_pattern = jsonencode({ source = ["acme.orders"], detail-type = ["OrderPaid"] })
      targets = {
        warehouse = {
          arn             = module.queues.queue_arns["warehouse"]
          dead_letter_arn = module.queues.queue_arns["failures"]
          transformer = {
            paths    = { order = "$.detail.order_id" }
            template = "{\"order_id\": <order>}"
          }
        }
      }
    }
  }
  policy_statements = {
    Shop = { account_ids = ["222222222222"], sources = ["acme.shop"] }
  }
}

module "described_events" {
  source = "./modules/messaging/eventbridge"

  name            = "acme-events-described"
  schema_registry = { description = "What happens to an order" }
}

module "clock" {
  source = "./modules/messaging/eventbridge"

  name         = "acme-events-clock"
  existing_bus = { name = "default" }
  archive      = null
  rules = {
    nightly = {
      description         = "Starts the report every night."
      schedule_expression = "cron(0 2 * * ? *)"
      targets             = { report = { arn = module.queues.queue_arns["warehouse"], input = jsonencode({ reason = "schedule" }) } }
    }
  }
}
