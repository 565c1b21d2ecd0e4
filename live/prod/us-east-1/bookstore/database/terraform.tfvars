engine_version = "15" # AWS chooses the minor version and keeps it current
instance_class = "db.r7g.large"
storage        = { allocated_gb = 200, maximum_gb = 1000 }
multi_az       = true

backup_retention_days = 35 # the longest that RDS keeps; older ones are in the vault

# Reports read here, so that nobody who orders waits for them.
replicas = { reports = { instance_class = "db.r7g.large" } }

monitoring         = { interval_seconds = 15, insights_days = 31 }
alarms             = { connections = 800, free_memory_mb = 1000, free_storage_gb = 20 }
log_retention_days = 365
