engine_version     = "OpenSearch_2.19"
nodes              = { type = "t3.medium.search", count = 2 }
storage            = { size_gb = 50 }
log_retention_days = 30
