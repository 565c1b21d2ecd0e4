# The first task of a service is safe from being taken away, the others cost a third.
default_strategy   = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 1 } }
log_retention_days = 30
