lifecycle_rules = {
  originals = { prefix = "originals/", expiration_days = 90 }
}
noncurrent_expiration_days = 14
