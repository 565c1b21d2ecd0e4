node_type               = "cache.r7g.large"
replicas                = 2 # one in each zone; the sessions of everybody who is shopping are in here
snapshot_retention_days = 30
parameters              = { "maxmemory-policy" = "allkeys-lru" }
log_retention_days      = 365
