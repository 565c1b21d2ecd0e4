lifecycle_rules = {
  originals = { prefix = "originals/", expiration_days = 30 }
}
noncurrent_expiration_days = 7
allow_destroy_with_objects = true # dev may be thrown away, pictures included
