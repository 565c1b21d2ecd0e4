object_lock                = { retention_days = 14 }
lifecycle_rules            = { old = { expiration_days = 90 } }
noncurrent_expiration_days = 14
