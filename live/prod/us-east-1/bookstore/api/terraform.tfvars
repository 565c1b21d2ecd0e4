throttling = { rate = 1000, burst = 2000 }

# Placing an order writes to three services: more than these at once would only queue there.
method_throttling = {
  "POST /orders" = { rate = 200, burst = 400 }
  "POST /images" = { rate = 10, burst = 20 }
}

usage_plans = {
  partner-trial    = { description = "A partner who tries the API out", rate = 2, burst = 5, quota = { limit = 1000, period = "DAY" } }
  partner-standard = { description = "A partner with a contract", rate = 50, burst = 100, quota = { limit = 1000000 } }
}

# One call in twenty belongs to the canary: services see X-Release and may answer with what comes next.
stage_variables    = { release = "stable" }
canary             = { percent = 5, stage_variables = { release = "canary" } }
log_retention_days = 365
