tables = {
  orders = {
    hash_key         = { name = "order_id", type = "S" }
    stream_view_type = "NEW_IMAGE" # order-events publishes what was stored
    global_indexes = {
      by-day = { hash_key = { name = "day", type = "S" }, range_key = { name = "order_id", type = "S" } } # daily reports
    }
    recovery_period_days = 7
    deletion_protection  = false                       # dev may be thrown away
    on_demand_maximum    = { read = 100, write = 100 } # a loop in a function must not cost real money
  }
}

buckets = {
  reports = {
    lifecycle_rules            = { old = { prefix = "reports/", expiration_days = 30 } }
    noncurrent_expiration_days = 7
    allow_destroy_with_objects = true # reports can be made again from the orders
  }
}
