domains = {
  search = { nodes = { type = "t3.medium.search", count = 2 }, zone_count = 2, storage_gb = 20 }
}

log_retention_days = 90
