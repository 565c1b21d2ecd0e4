node_type               = "cache.t4g.small"
replicas                = 1 # failovers are tried here before prod has one
snapshot_retention_days = 7
skip_final_snapshot     = true
parameters              = { "maxmemory-policy" = "allkeys-lru" }
log_retention_days      = 30
