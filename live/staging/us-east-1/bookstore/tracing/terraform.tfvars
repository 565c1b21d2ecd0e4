sampling_rules = {
  health = { priority = 100, fixed_rate = 0, reservoir_per_second = 0, url_path = "/healthz" }
  orders = { priority = 200, fixed_rate = 0.5, url_path = "/orders*" }
}
groups = {
  faults = { filter_expression = "fault" }
  slow   = { filter_expression = "responsetime > 2", insights = false }
}
