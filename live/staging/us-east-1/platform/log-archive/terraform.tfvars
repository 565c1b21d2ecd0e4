lifecycle_rules = {
  logs = { expiration_days = 90 }
}
noncurrent_expiration_days = 14
