# Serverless: an hour in which nobody works costs next to nothing. 2 units are 4 GB of memory.
serverless = { minimum = 0, maximum = 2 }
instances  = { writer = { class = "db.serverless" } }

backup_retention_days          = 1
deletion_protection            = false # dev may be thrown away
allow_destroy_without_snapshot = true
secret_recovery_window_days    = 0 # gives the names of the secrets back at once
log_retention_days             = 14
alarms                         = { connections = 80 } # what 4 GB can hold, less a reserve
