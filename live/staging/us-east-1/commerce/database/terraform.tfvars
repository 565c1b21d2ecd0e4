# Serverless, with a reader, so that a failover can be rehearsed before prod.
serverless = { minimum = 0.5, maximum = 4 }
instances = {
  writer = { class = "db.serverless", promotion_tier = 0 }
  reader = { class = "db.serverless" }
}

backup_retention_days       = 14
deletion_protection         = false # integration tests rebuild it
secret_recovery_window_days = 7
log_retention_days          = 90
alarms                      = { connections = 160 }
