domains = {
  search = {
    nodes             = { type = "r6g.large.search", count = 3 }
    dedicated_masters = { type = "m6g.large.search", count = 3 }
    zone_count        = 3
    storage_gb        = 100
  }
}

log_retention_days = 365
