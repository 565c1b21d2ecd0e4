# What is interrupted in dev is started again: Spot costs a third.
default_strategy   = { FARGATE_SPOT = { weight = 1 } }
container_insights = "enabled"
log_retention_days = 14
