function_settings = {
  order-events = {
    timeout_seconds = 60
    stream          = { batch_size = 100, batching_window_seconds = 1, retry_attempts = 10 }
  }
  report-generator = { memory_mb = 512, timeout_seconds = 180 }
}

schedules = {
  daily-report = { function = "report-generator", expression = "cron(0 2 * * ? *)", description = "Writes the report of the day before, at 02:00 UTC" }
}

archive_retention_days = 14
log_retention_days     = 90
