lifecycle_rules = {
  logs = { expiration_days = 14 } # as long as dev keeps its other logs
}
noncurrent_expiration_days = 7
allow_destroy_with_objects = true # dev may be thrown away, logs included
