tables = {
  orders = {
    hash_key         = { name = "order_id", type = "S" }
    stream_view_type = "NEW_IMAGE" # order-events publishes what was stored
    global_indexes = {
      by-day = { hash_key = { name = "day", type = "S" }, range_key = { name = "order_id", type = "S" } } # daily reports
    }
  }
}

buckets = {
  reports = {
    # Looked at for a month, kept for the yearly audit and a year more.
    lifecycle_rules = {
      old = { prefix = "reports/", transition_days = { STANDARD_IA = 30 }, expiration_days = 730 }
    }
  }
}
