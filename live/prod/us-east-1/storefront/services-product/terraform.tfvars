task              = { cpu = 512, memory_mb = 1024 }
capacity_strategy = { FARGATE = { base = 2 }, FARGATE_SPOT = { weight = 1 } }
scaling           = { minimum = 3, maximum = 20, requests_per_target = 1000 } # most visitors look, and look often
deployment        = { rollback_on_alarm = true }
alarms            = { minutes = 3 }

environment        = { LOG_LEVEL = "info" }
log_retention_days = 365
