# One repository a service. Images are called by their commit, which has no prefix to count by, and a rollback may want any
# of them: only untagged layers are deleted by a rule.
repositories = {
  cart     = { keep_by_tag_prefix = {} }
  checkout = { keep_by_tag_prefix = {} }
  product  = { keep_by_tag_prefix = {} }
}
