container_insights = "enabled" # single containers are not looked at in dev
log_retention_days = 7
