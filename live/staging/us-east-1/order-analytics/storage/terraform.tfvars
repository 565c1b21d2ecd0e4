tables = {
  orders = {
    hash_key         = { name = "order_id", type = "S" }
    stream_view_type = "NEW_IMAGE" # order-events publishes what was stored
    global_indexes = {
      by-day = { hash_key = { name = "day", type = "S" }, range_key = { name = "order_id", type = "S" } } # daily reports
    }
    recovery_period_days = 14
    deletion_protection  = false # integration tests rebuild it
    on_demand_maximum    = { read = 1000, write = 1000 }
  }
}

buckets = {
  reports = {
    lifecycle_rules            = { old = { prefix = "reports/", expiration_days = 90 } }
    noncurrent_expiration_days = 14
    allow_destroy_with_objects = true # reports can be made again from the orders
  }
}
