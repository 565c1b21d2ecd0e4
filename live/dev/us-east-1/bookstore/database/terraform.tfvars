engine_version = "15" # AWS chooses the minor version and keeps it current
instance_class = "db.t4g.micro"
storage        = { allocated_gb = 20, maximum_gb = 50 }

backup_retention_days          = 3
deletion_protection            = false # dev may be thrown away
allow_destroy_without_snapshot = true
secret_recovery_window_days    = 0
apply_immediately              = true

monitoring         = { interval_seconds = 60 }
log_retention_days = 14
