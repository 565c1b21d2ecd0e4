environment = { ENVIRONMENT = "prod", LOG_FORMAT = "json" }

task              = { cpu = 1024, memory_mb = 2048 }
capacity_strategy = { FARGATE = { base = 3, weight = 1 }, FARGATE_SPOT = { weight = 1 } }
scaling           = { minimum = 2, maximum = 6, cpu_percent = 60, memory_percent = 75 }

deployment = { rollback_on_alarm = true }

log_retention_days = 365
