# Two tasks of a service are safe from being taken away; of what is added under load, every other one costs a third.
default_strategy   = { FARGATE = { base = 2 }, FARGATE_SPOT = { weight = 1 } }
log_retention_days = 365
