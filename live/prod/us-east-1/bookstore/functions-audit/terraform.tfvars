memory_mb          = 512
timeout_seconds    = 30
concurrency        = { reserved = 20 } # a flood of events must not take the account's concurrency away from others
log_retention_days = 365
