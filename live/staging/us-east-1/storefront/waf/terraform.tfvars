# Counts for as long as nobody has read what prod's customers would be refused.
count_only         = true
rate_limits        = { everybody = { requests = 2000, priority = 200 } } # of one address in five minutes
log_retention_days = 30
