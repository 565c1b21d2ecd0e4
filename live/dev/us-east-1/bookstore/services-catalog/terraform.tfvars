environment = { ENVIRONMENT = "dev", LOG_FORMAT = "json" }

task              = { cpu = 256, memory_mb = 512 }
capacity_strategy = { FARGATE_SPOT = {} }

# Nobody works on it at night: from Friday evening to Monday morning it costs nothing.
scaling = {
  minimum = 1
  maximum = 2
  schedules = {
    evening = { expression = "cron(0 19 ? * MON-FRI *)", minimum = 0, maximum = 0, timezone = "Europe/Berlin" }
    morning = { expression = "cron(0 7 ? * MON-FRI *)", minimum = 1, maximum = 2, timezone = "Europe/Berlin" }
  }
}

log_retention_days    = 14
allow_execute_command = true # a shell in dev is how people find out
