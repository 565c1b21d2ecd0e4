allow_destroy_with_objects = true # pages are built again from their sources
noncurrent_expiration_days = 14
