# The smallest task there is, and Spot: a third of the price, and dev may lose a task.
task              = { cpu = 256, memory_mb = 512, architecture = "X86_64" }
capacity_strategy = { FARGATE_SPOT = { weight = 1 } }

scaling = {
  minimum        = 1
  maximum        = 2
  cpu_percent    = 70
  memory_percent = 80
  schedules = {
    evening = { expression = "cron(0 20 ? * MON-FRI *)", minimum = 0, maximum = 0, timezone = "Europe/Berlin" }
    morning = { expression = "cron(0 7 ? * MON-FRI *)", minimum = 1, maximum = 2, timezone = "Europe/Berlin" }
  }
}

# Releases decide which image runs; { pinned = "v1.4.2" } holds it whatever they do.
image_tag = { pinned = null }

environment = {
  ENVIRONMENT                 = "dev"
  ACCESS_TOKEN_EXPIRE_MINUTES = "60"
}

allow_execute_command = true # a shell in a running task, for debugging
tracing               = null # the smallest task has no room for a sidecar
log_retention_days    = 7

# Nobody is woken for dev, so only what is broken rings.
alarms = { errors_per_minute = 50, response_seconds = 3 }

# Objects of a bucket, for example:
# ReadUploads = { actions = ["s3:GetObject"], resources = ["arn:aws:s3:::acme-dev-pyshop-uploads/*"],
#   allow_wildcard_resources = "An object's key is chosen by who uploads it." }
task_statements = {}
