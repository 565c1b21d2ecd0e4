timeout_seconds    = 10
log_retention_days = 14
