# AWS takes minor versions off its list from time to time; "15" alone is the newest of them.
engine_version = "15"

instance = {
  class    = "db.t4g.small"
  multi_az = true # a zone that fails costs a minute, not the data since the last backup
  storage  = { allocated_gb = 20, maximum_gb = 500 }
}

alarms = { connections = 180 } # a db.t4g.small allows about 225

backup_retention_days = 35
log_retention_days    = 365
