default_strategy   = { FARGATE = { base = 2, weight = 1 }, FARGATE_SPOT = { weight = 1 } }
log_retention_days = 365
