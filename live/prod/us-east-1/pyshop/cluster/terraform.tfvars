log_retention_days = 365 # what somebody typed into a running task is looked up in a yearly audit
