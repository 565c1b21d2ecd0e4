insights           = [] # paid by event; nobody watches dev for unusual calls
log_retention_days = 14
