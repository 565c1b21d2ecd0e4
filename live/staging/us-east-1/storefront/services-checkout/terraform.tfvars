task              = { cpu = 256, memory_mb = 512 }
capacity_strategy = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 1 } }
scaling           = { minimum = 2, maximum = 4 }
deployment        = { rollback_on_alarm = true }

environment        = { LOG_LEVEL = "info" }
log_retention_days = 30
