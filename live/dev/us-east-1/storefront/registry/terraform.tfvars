# One repository a service. Images are called by their commit, which has no prefix to count by: what is pulled no more is
# cleaned up by hand, and untagged layers by the rule.
repositories = {
  cart     = { allow_destroy_with_images = true, keep_by_tag_prefix = {} } # dev may be thrown away
  checkout = { allow_destroy_with_images = true, keep_by_tag_prefix = {} }
  product  = { allow_destroy_with_images = true, keep_by_tag_prefix = {} }
}
