task              = { cpu = 512, memory_mb = 1024, architecture = "X86_64" }
capacity_strategy = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 1 } } # one task stays when Spot goes

scaling = {
  minimum        = 2
  maximum        = 10
  cpu_percent    = 70
  memory_percent = 80
}

# Releases decide which image runs; { pinned = "v1.4.2" } holds it whatever they do.
image_tag = { pinned = null }

environment = {
  ENVIRONMENT                 = "staging"
  ACCESS_TOKEN_EXPIRE_MINUTES = "30"
}

allow_execute_command = true # a shell in a running task, for debugging
log_retention_days    = 30
alarms                = { errors_per_minute = 20, response_seconds = 1 }
deployment            = { rollback_on_alarm = true }
task_statements       = {}
