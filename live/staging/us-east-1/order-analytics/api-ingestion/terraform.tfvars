# Callers sign with AWS credentials whose role allows execute-api:Invoke on this API.
authorizer = { type = "iam" }

function_settings = {
  order-processor = { memory_mb = 512, timeout_seconds = 10, reserved_concurrency = 20 }
}

throttling         = { rate = 50, burst = 100 }
log_retention_days = 90
