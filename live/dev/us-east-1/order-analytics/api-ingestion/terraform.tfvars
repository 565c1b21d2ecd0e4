# Dev takes orders from anybody who knows the address, so that a plain curl is enough to try it; it holds made-up
# orders only, and the throttle below bounds what a stranger could cost. Staging and prod ask for signed calls.
public_operations = ["GET /orders/{order_id}", "POST /orders"]

function_settings = {
  order-processor = { memory_mb = 256, timeout_seconds = 10 }
}

throttling         = { rate = 10, burst = 20 }
log_retention_days = 14
