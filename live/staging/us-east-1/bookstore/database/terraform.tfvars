engine_version = "15" # AWS chooses the minor version and keeps it current
instance_class = "db.t4g.medium"
storage        = { allocated_gb = 50, maximum_gb = 200 }
multi_az       = true # failovers are tried here before prod has one

backup_retention_days          = 14
deletion_protection            = false # its contents are made up
allow_destroy_without_snapshot = true
secret_recovery_window_days    = 0

log_retention_days = 30
