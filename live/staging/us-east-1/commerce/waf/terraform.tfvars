count_only         = true # staging shows what a rule would do before prod does it
log_retention_days = 90
