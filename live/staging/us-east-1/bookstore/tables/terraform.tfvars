tables = {
  reviews = {
    hash_key             = { name = "book_id", type = "S" }
    range_key            = { name = "review_id", type = "S" }
    stream_view_type     = "NEW_AND_OLD_IMAGES" # audit-writer names what changed
    global_indexes       = { by-user = { hash_key = { name = "user_id", type = "S" }, range_key = { name = "review_id", type = "S" } } }
    recovery_period_days = 14
    deletion_protection  = false # its contents are made up
  }
  audit-logs = {
    hash_key             = { name = "subject", type = "S" }
    range_key            = { name = "entry", type = "S" }
    ttl_attribute        = "expires_at"
    stream_view_type     = "NEW_AND_OLD_IMAGES" # for whoever has to be told at once
    recovery_period_days = 14
    deletion_protection  = false # its contents are made up
  }
}
