tables = {
  sessions = {
    hash_key             = { name = "session_id", type = "S" }
    ttl_attribute        = "expires_at"
    recovery_period_days = 1
    deletion_protection  = false                       # dev may be thrown away
    on_demand_maximum    = { read = 100, write = 100 } # a loop in a function must not cost real money
  }
  carts = {
    hash_key             = { name = "session_id", type = "S" }
    ttl_attribute        = "expires_at"
    recovery_period_days = 1
    deletion_protection  = false                       # dev may be thrown away
    on_demand_maximum    = { read = 100, write = 100 } # a loop in a function must not cost real money
  }
}
