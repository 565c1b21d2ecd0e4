# An image is built once and goes from dev to prod unchanged: its tag never moves.
repositories = {
  catalog       = { keep_by_tag_prefix = { v = 30 } }
  notifications = { keep_by_tag_prefix = { v = 30 } }
  orders        = { keep_by_tag_prefix = { v = 30 } }
  reviews       = { keep_by_tag_prefix = { v = 30 } }
  users         = { keep_by_tag_prefix = { v = 30 } }
}
