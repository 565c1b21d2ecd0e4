# Spot only: a third of the price, and dev can wait when a task is taken away.
default_strategy   = { FARGATE_SPOT = {} }
container_insights = "enabled" # figures of single containers are paid for
log_retention_days = 14
