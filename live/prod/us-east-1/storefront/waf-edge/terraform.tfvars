rate_limits        = { everybody = { requests = 2000, priority = 200 } } # of one address in five minutes
log_retention_days = 365
