rate_limits        = { everybody = { requests = 2000, priority = 200 }, checkout = { requests = 100, priority = 210, path_prefix = "/checkout" } } # of one address in five minutes
log_retention_days = 365
