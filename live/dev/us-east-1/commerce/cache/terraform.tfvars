node_type = "cache.t4g.micro"
replicas  = 0 # a cache that is gone while its node is; everything in it can be read again

snapshot_retention_days = 0
skip_final_snapshot     = true
log_retention_days      = 14
