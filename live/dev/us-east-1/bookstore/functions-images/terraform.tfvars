memory_mb          = 1024 # a picture of four million pixels takes half a minute with less
timeout_seconds    = 60
log_retention_days = 14
