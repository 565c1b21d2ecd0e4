function_settings = {
  order-events = {
    timeout_seconds = 60
    # A batch waits at most a second: consumers of OrderPlaced expect it within a few.
    stream = { batch_size = 100, batching_window_seconds = 1, parallelization_factor = 2, retry_attempts = 10 }
  }
  report-generator = { memory_mb = 1024, timeout_seconds = 600, reserved_concurrency = 5 } # a run reads a whole day; five at once are plenty
}

schedules = {
  daily-report = { function = "report-generator", expression = "cron(0 2 * * ? *)", description = "Writes the report of the day before, at 02:00 UTC" }
}

archive_retention_days = 90  # a quarter can be replayed into a new consumer
log_retention_days     = 365 # long enough to look back from a yearly audit
