timeout_seconds    = 30
log_retention_days = 14
