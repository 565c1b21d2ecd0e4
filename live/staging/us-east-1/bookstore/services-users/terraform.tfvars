environment = { ENVIRONMENT = "staging", LOG_FORMAT = "json" }

task              = { cpu = 512, memory_mb = 1024 }
capacity_strategy = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 3 } }
scaling           = { minimum = 2, maximum = 4, cpu_percent = 70, memory_percent = 80 }

log_retention_days = 30
