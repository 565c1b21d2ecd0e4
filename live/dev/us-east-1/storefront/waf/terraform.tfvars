# Counts what it would turn away, so that nothing surprises those who build.
count_only         = true
log_retention_days = 14
