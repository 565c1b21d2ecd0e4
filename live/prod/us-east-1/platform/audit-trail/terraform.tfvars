log_retention_days = 365 # long enough to look back from a yearly audit
