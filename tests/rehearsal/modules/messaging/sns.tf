module "given" {
  source = "./prerequisites"
  name   = "acme-topics"
}

module "queues" {
  source = "./modules/messaging/sqs"

  name   = "acme-topics"
  queues = { warehouse = {}, failures = { holds_failures = true } }
}

module "topics" {
  source = "./modules/messaging/sns"

  name        = "acme-topics"
  kms_key_arn = module.given.key_arn
  topics = {
    alerts = {
      policy_statements = {
        FromAlarms = {
          services = ["cloudwatch.amazonaws.com"]
          conditions = {
            account = { test = "StringEquals", variable = "aws:SourceAccount", values = [module.given.account_id] }
          }
        }
      }
      subscriptions = {
        on-call = { protocol = "email", endpoint = "on-call@example.com" }
      }
    }
    orders = {
      subscriptions = {
        warehouse = {
          protocol             = "sqs"
          endpoint             = module.queues.queue_arns["warehouse"]
          filter_policy        = jsonencode({ kind = ["placed", "cancelled"] })
          raw_message_delivery = true
          dead_letter_arn      = module.queues.queue_arns["failures"]
        }
      }
    }
    ledger = { fifo = true }
  }
}
