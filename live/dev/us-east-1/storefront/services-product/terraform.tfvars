task              = { cpu = 256, memory_mb = 512 }
capacity_strategy = { FARGATE_SPOT = {} }

scaling = {
  minimum = 1
  maximum = 2
  schedules = { # nobody works then
    evening = { expression = "cron(0 19 ? * MON-FRI *)", minimum = 0, maximum = 0, timezone = "Europe/Berlin" }
    morning = { expression = "cron(0 7 ? * MON-FRI *)", minimum = 1, maximum = 2, timezone = "Europe/Berlin" }
  }
}

environment           = { LOG_LEVEL = "debug" }
allow_execute_command = true # a look into a running task is how dev finds out
log_retention_days    = 14
