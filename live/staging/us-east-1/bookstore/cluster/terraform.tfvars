default_strategy   = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 3 } }
log_retention_days = 30
