function_settings = {
  order-events = {
    timeout_seconds = 30
    stream          = { batch_size = 10, batching_window_seconds = 0, retry_attempts = 3 } # see an order on the bus at once
  }
  report-generator = { memory_mb = 256, timeout_seconds = 60 } # a day in dev is a few orders
}

schedules = {
  daily-report = { function = "report-generator", expression = "cron(0 2 * * ? *)", description = "Writes the report of the day before, at 02:00 UTC" }
}

archive_retention_days = 7
log_retention_days     = 14
