memory_mb          = 1769 # one whole processor
timeout_seconds    = 60
concurrency        = { reserved = 10 } # a publisher's thousand covers may wait
log_retention_days = 365
