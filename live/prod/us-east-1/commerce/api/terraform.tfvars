# Customers are not AWS users: whoever knows a session's id, 128 random bits, has the session. The throttle bounds the rest.
public_operations = [
  "DELETE /sessions/{session_id}", "GET /products", "GET /sessions/{session_id}", "POST /sessions",
  "PUT /sessions/{session_id}/cart",
]

function_settings = {
  # A search takes 100 ms, so 100 at once serve the throttle's share of 1000 a second; more would only crowd the domain.
  product-search = { memory_mb = 1024, timeout_seconds = 10, reserved_concurrency = 100 }
  session-store  = { memory_mb = 1024, timeout_seconds = 10, reserved_concurrency = 200 }
}

throttling         = { rate = 2000, burst = 4000 }
log_retention_days = 365 # long enough to look back from a yearly audit
