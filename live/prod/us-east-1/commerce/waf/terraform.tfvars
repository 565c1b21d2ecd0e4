rate_limits = {
  everybody = { requests = 2000, priority = 200 }
  carts     = { requests = 300, seconds = 60, priority = 210, path_prefix = "/live/sessions" } # nobody clicks five times a second
}
log_retention_days = 365
