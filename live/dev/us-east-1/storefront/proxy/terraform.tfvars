pool               = { max_connections_percent = 80 } # leaves some for people who look into it
log_retention_days = 14
