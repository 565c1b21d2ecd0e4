# AWS takes minor versions off its list from time to time; "15" alone is the newest of them.
engine_version = "15"

instance = {
  class    = "db.t4g.micro"
  multi_az = false
  storage  = { allocated_gb = 20, maximum_gb = 50 }
}

backup_retention_days = 7
maintenance           = { apply_immediately = true }
log_retention_days    = 7

# Dev may be thrown away, and made again under the same names.
deletion_protection            = false
allow_destroy_without_snapshot = true
secret_recovery_window_days    = 0
