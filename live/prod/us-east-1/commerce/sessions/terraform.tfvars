# Global tables: customers keep their carts when a region is lost.
tables = {
  sessions = {
    hash_key         = { name = "session_id", type = "S" }
    ttl_attribute    = "expires_at"
    stream_view_type = "NEW_AND_OLD_IMAGES" # what a global table passes on
    replicas         = { us-west-2 = {} }
  }
  carts = {
    hash_key         = { name = "session_id", type = "S" }
    ttl_attribute    = "expires_at"
    stream_view_type = "NEW_AND_OLD_IMAGES" # what a global table passes on
    replicas         = { us-west-2 = {} }
  }
}
