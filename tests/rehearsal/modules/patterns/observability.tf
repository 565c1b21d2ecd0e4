module "given" {
  source = "./prerequisites"
  name   = "acme-watch"
}

module "monitoring" {
  source = "./modules/patterns/observability"

  name             = "acme-watch"
  account_id       = module.given.account_id
  alarm_topic_arns = [module.given.topic_arn]
  functions = {
    processor = { name = "acme-watch-processor", timeout_seconds = 10 }
    publisher = { name = "acme-watch-publisher", timeout_seconds = 30, reads_stream = true }
  }
  apis               = { orders = { name = "acme-watch", stage = "live" } }
  dead_letter_queues = { publisher = "acme-watch-publisher-dlq" }
  log_group_names    = ["/aws/lambda/acme-watch-processor", "/aws/lambda/acme-watch-publisher"]
  thresholds         = { api_latency_ms = 800 }
  alarms = {
    orders-lost = {
      description = "Customers order and nothing follows."
      composite   = { any_of = ["publisher-dead-letters", "publisher-iterator-age"] }
    }
  }
}
