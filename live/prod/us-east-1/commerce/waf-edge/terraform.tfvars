rate_limits        = { everybody = { requests = 2000, priority = 200 } }
log_retention_days = 365
