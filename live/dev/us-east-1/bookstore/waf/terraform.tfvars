rate_limits = {
  address = { requests = 2000, priority = 200 }                          # everybody behind one address, in five minutes
  user    = { requests = 500, priority = 210, header = "authorization" } # one token, in five minutes
}

log_retention_days = 14
