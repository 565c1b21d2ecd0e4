node_type = "cache.r7g.large"
replicas  = 2 # one in each further zone

snapshot_retention_days = 7
log_retention_days      = 365
