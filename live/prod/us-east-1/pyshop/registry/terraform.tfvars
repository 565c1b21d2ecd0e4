repositories = {
  api = { keep_by_tag_prefix = { v = 50 } } # a way back over a year of weekly releases
}
