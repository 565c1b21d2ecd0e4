instance       = { class = "db.t4g.micro", storage = { allocated_gb = 20, maximum_gb = 50 } } # one zone: dev can wait for a restore
engine_version = "16"

backup_retention_days          = 3
deletion_protection            = false # dev may be thrown away, without a snapshot that nobody would read
allow_destroy_without_snapshot = true
secret_recovery_window_days    = 0 # the names are free again at once
maintenance                    = { apply_immediately = true }

log_retention_days = 14
