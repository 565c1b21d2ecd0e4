throttling = { rate = 20, burst = 40 } # over all callers

# A key for a partner: aws apigateway create-api-key, then create-usage-plan-key with the plan's id (an output).
usage_plans = {
  partner-trial = { description = "A partner who tries the API out", rate = 2, burst = 5, quota = { limit = 1000, period = "DAY" } }
}

stage_variables    = { release = "stable" }
log_retention_days = 14
