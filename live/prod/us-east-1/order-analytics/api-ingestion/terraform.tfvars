# Callers sign with AWS credentials whose role allows execute-api:Invoke on this API.
authorizer = { type = "iam" }

function_settings = {
  # A call takes 40 ms, so 100 at once serve the throttle's 500 a second with room to spare, and no more than 100
  # can reach the table when a caller runs wild.
  order-processor = { memory_mb = 1024, timeout_seconds = 10, reserved_concurrency = 100 }
}

throttling         = { rate = 500, burst = 1000 }
log_retention_days = 365 # long enough to look back from a yearly audit
