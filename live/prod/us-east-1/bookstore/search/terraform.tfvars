engine_version     = "OpenSearch_2.19"
nodes              = { type = "r7g.large.search", count = 3 } # one in each zone
dedicated_masters  = { type = "m7g.medium.search", count = 3 }
storage            = { size_gb = 100 }
log_retention_days = 365
