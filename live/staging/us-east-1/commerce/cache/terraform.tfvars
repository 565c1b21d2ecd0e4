node_type = "cache.t4g.small"
replicas  = 1 # in another zone, so that a failover can be rehearsed

snapshot_retention_days = 1
skip_final_snapshot     = true
log_retention_days      = 90
