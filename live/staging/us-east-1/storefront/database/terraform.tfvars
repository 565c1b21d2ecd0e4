instance       = { class = "db.t4g.medium", multi_az = true, storage = { allocated_gb = 50, maximum_gb = 200 } } # fails over, as prod's does
engine_version = "16"

backup_retention_days          = 7
deletion_protection            = false # its data are made up
allow_destroy_without_snapshot = true
secret_recovery_window_days    = 7

log_retention_days = 30
