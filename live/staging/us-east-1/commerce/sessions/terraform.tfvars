tables = {
  sessions = {
    hash_key             = { name = "session_id", type = "S" }
    ttl_attribute        = "expires_at"
    recovery_period_days = 7
    deletion_protection  = false # integration tests rebuild it
    on_demand_maximum    = { read = 1000, write = 1000 }
  }
  carts = {
    hash_key             = { name = "session_id", type = "S" }
    ttl_attribute        = "expires_at"
    recovery_period_days = 7
    deletion_protection  = false # integration tests rebuild it
    on_demand_maximum    = { read = 1000, write = 1000 }
  }
}
