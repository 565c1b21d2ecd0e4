object_lock                = { retention_days = 1 } # the shortest: enough to see that it works
lifecycle_rules            = { old = { expiration_days = 14 } }
noncurrent_expiration_days = 7
allow_destroy_with_objects = true # dev may be thrown away, its trail included
