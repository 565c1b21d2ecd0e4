sampling_rules = {
  health = { priority = 100, fixed_rate = 0, reservoir_per_second = 0, url_path = "/healthz" }
  orders = { priority = 200, fixed_rate = 1, url_path = "/orders*" } # dev has few orders: see each
}
groups = {
  faults = { filter_expression = "fault", insights = false }
}
