# An original is read once; it is kept in case a new size is wanted.
lifecycle_rules = {
  originals = { prefix = "originals/", transition_days = { GLACIER_IR = 30 } }
}
noncurrent_expiration_days = 90
