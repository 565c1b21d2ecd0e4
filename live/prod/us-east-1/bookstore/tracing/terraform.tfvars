sampling_rules = {
  health = { priority = 100, fixed_rate = 0, reservoir_per_second = 0, url_path = "/healthz" }
  orders = { priority = 200, fixed_rate = 0.1, url_path = "/orders*" } # every tenth order, and one of everything a second
}
groups = {
  faults = { filter_expression = "fault", notifications = true }
  slow   = { filter_expression = "responsetime > 2" }
}
