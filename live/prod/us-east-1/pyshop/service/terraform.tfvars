task              = { cpu = 1024, memory_mb = 2048, architecture = "X86_64" }
capacity_strategy = { FARGATE = { base = 2, weight = 1 }, FARGATE_SPOT = { weight = 1 } } # the first two never are Spot

scaling = {
  minimum        = 2
  maximum        = 10
  cpu_percent    = 70
  memory_percent = 80
}

# Releases decide which image runs; { pinned = "v1.4.2" } holds it whatever they do.
image_tag = { pinned = null }

environment = {
  ENVIRONMENT                 = "production"
  ACCESS_TOKEN_EXPIRE_MINUTES = "30"
}

allow_execute_command = true # a shell in a running task, for debugging; what is typed is kept (unit cluster)
log_retention_days    = 365  # long enough to look back from a yearly audit
alarms                = { errors_per_minute = 10, minutes = 3, response_seconds = 1 }
deployment            = { rollback_on_alarm = true }
task_statements       = {}
