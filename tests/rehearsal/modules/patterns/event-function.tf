module "given" {
  source = "./prerequisites"
  name   = "acme-reacts"
}

module "orders" {
  source = "./modules/database/dynamodb"

  name                = "acme-reacts-orders"
  deletion_protection = false
  hash_key            = { name = "order_id", type = "S" }
  stream_view_type    = "NEW_IMAGE"
}

module "events" {
  source = "./modules/patterns/event-function"

  name       = "acme-reacts"
  account_id = module.given.account_id
  functions = {
    publisher = {
      filename    = "artifacts/acme_reacts.zip"
      role_arn    = module.given.role_arn
      environment = { BUS_NAME = "acme-reacts" }
      stream      = { arn = module.orders.stream_arn }
    }
    reporter = {
      filename           = "artifacts/acme_reacts.zip"
      role_arn           = module.given.role_arn
      security_group_ids = [module.given.security_group_id]
    }
  }
  function_settings = {
    publisher = { stream = { batch_size = 50, batching_window_seconds = 1 } }
    reporter  = { memory_mb = 512, timeout_seconds = 300 }
  }
  rules = {
    report-requested = {
      function      = "reporter"
      event_pattern = jsonencode({ source = ["acme.orders"], detail-type = ["ReportRequested"] })
    }
  }
  schedules = {
    daily-report = { function = "reporter", expression = "cron(0 2 * * ? *)" }
  }
  subnet_ids = values(module.given.subnet_ids)
}
