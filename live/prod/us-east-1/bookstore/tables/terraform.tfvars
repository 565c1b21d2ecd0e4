tables = {
  reviews = {
    hash_key         = { name = "book_id", type = "S" }
    range_key        = { name = "review_id", type = "S" }
    stream_view_type = "NEW_AND_OLD_IMAGES" # audit-writer names what changed
    global_indexes   = { by-user = { hash_key = { name = "user_id", type = "S" }, range_key = { name = "review_id", type = "S" } } }
    replicas         = { us-west-2 = {} }
  }
  audit-logs = {
    hash_key         = { name = "subject", type = "S" }
    range_key        = { name = "entry", type = "S" }
    ttl_attribute    = "expires_at"
    stream_view_type = "NEW_AND_OLD_IMAGES" # for whoever has to be told at once
    replicas         = { us-west-2 = {} }
  }
}
