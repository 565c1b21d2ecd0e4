throttling = { rate = 100, burst = 200 }

usage_plans = {
  partner-trial = { description = "A partner who tries the API out", rate = 2, burst = 5, quota = { limit = 1000, period = "DAY" } }
}

stage_variables    = { release = "stable" }
canary             = { percent = 50, stage_variables = { release = "canary" } } # half of the tests see what comes next
log_retention_days = 30
