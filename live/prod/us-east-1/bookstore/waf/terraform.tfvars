rate_limits = {
  address = { requests = 4000, priority = 200 }                           # everybody behind one address, in five minutes
  user    = { requests = 1000, priority = 210, header = "authorization" } # one token, in five minutes
}

log_retention_days = 365
