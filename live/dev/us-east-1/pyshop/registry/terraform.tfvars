repositories = {
  api = { keep_by_tag_prefix = { v = 10 }, allow_destroy_with_images = true } # dev may be thrown away
}
