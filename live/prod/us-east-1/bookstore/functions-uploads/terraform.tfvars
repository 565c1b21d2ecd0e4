memory_mb          = 512
timeout_seconds    = 10
log_retention_days = 365
