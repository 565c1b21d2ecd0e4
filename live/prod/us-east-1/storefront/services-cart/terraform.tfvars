task              = { cpu = 512, memory_mb = 1024 }
capacity_strategy = { FARGATE = { base = 2 }, FARGATE_SPOT = { weight = 1 } }
scaling           = { minimum = 2, maximum = 12, requests_per_target = 600 }
deployment        = { rollback_on_alarm = true }
alarms            = { minutes = 3 }

environment        = { LOG_LEVEL = "info" }
log_retention_days = 365
