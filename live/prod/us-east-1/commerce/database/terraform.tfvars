# Fixed sizes, because the load is known and a year's reservation is a third cheaper; a reader takes over within a minute.
instances = {
  writer = { class = "db.r6g.large", promotion_tier = 0 }
  reader = { class = "db.r6g.large", promotion_tier = 0 }
}
reader_autoscaling = { maximum = 4 } # sales days: up to four more readers

backup_retention_days = 35
log_retention_days    = 365
monitoring            = { interval_seconds = 30 }
