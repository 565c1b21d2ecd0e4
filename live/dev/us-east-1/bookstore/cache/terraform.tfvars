node_type               = "cache.t4g.micro"
replicas                = 0 # what dev caches may be lost
snapshot_retention_days = 1
skip_final_snapshot     = true
apply_immediately       = true
parameters              = { "maxmemory-policy" = "allkeys-lru" }
log_retention_days      = 14
