engine_version     = "OpenSearch_2.19"
nodes              = { type = "t3.small.search", count = 1 }
storage            = { size_gb = 20 }
log_retention_days = 14
