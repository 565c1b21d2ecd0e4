# Customers are not AWS users: whoever knows a session's id, 128 random bits, has the session. The throttle bounds the rest.
public_operations = [
  "DELETE /sessions/{session_id}", "GET /products", "GET /sessions/{session_id}", "POST /sessions",
  "PUT /sessions/{session_id}/cart",
]

function_settings = {
  product-search = { memory_mb = 256, timeout_seconds = 10 }
  session-store  = { memory_mb = 256, timeout_seconds = 10 }
}

throttling         = { rate = 10, burst = 20 }
log_retention_days = 14
