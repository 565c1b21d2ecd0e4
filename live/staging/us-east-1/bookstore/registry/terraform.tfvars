# An image is built once and goes from dev to prod unchanged: its tag never moves.
repositories = {
  catalog       = { keep_by_tag_prefix = { v = 10 }, allow_destroy_with_images = true }
  notifications = { keep_by_tag_prefix = { v = 10 }, allow_destroy_with_images = true }
  orders        = { keep_by_tag_prefix = { v = 10 }, allow_destroy_with_images = true }
  reviews       = { keep_by_tag_prefix = { v = 10 }, allow_destroy_with_images = true }
  users         = { keep_by_tag_prefix = { v = 10 }, allow_destroy_with_images = true }
}
