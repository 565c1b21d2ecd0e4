environment = { ENVIRONMENT = "prod", LOG_FORMAT = "json" }

task              = { cpu = 1024, memory_mb = 2048 }
capacity_strategy = { FARGATE = {} } # CodeDeploy exchanges whole sets of tasks, and a Spot interruption in between would look like a fault
scaling           = { minimum = 3, maximum = 20, cpu_percent = 60, memory_percent = 75, requests_per_target = 500 }

# One call in ten goes to the new tasks for ten minutes; an alarm brings everybody back, and so can a person for an hour.
deployment = {
  rollback_on_alarm = true
  blue_green        = { keep_blue_minutes = 60, traffic = { shift = "canary", percent = 10, minutes = 10 } }
}

log_retention_days = 365
