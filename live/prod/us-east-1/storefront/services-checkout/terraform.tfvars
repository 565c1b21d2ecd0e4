task              = { cpu = 1024, memory_mb = 2048 }
capacity_strategy = { FARGATE = { base = 2 }, FARGATE_SPOT = { weight = 1 } }
scaling           = { minimum = 2, maximum = 12, requests_per_target = 200 } # slow by nature: it waits for payments
deployment        = { rollback_on_alarm = true }
alarms            = { minutes = 3 }

environment        = { LOG_LEVEL = "info" }
log_retention_days = 365
