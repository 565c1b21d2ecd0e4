allow_destroy_with_objects = true # pages are built again from the code
noncurrent_expiration_days = 30
