# AWS takes minor versions off its list from time to time; "15" alone is the newest of them.
engine_version = "15"

instance = {
  class    = "db.t4g.micro"
  multi_az = true # as in prod, so that a failover is rehearsed here
  storage  = { allocated_gb = 20, maximum_gb = 100 }
}

backup_retention_days = 14
log_retention_days    = 30
