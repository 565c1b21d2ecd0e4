pool               = { max_connections_percent = 90, borrow_timeout_seconds = 10 } # a customer waits no longer
log_retention_days = 365
