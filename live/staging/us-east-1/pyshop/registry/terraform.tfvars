repositories = {
  api = { keep_by_tag_prefix = { v = 20 } }
}
