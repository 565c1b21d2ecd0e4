module "tracing" {
  source = "./modules/monitoring/xray"

  name = "acme-tracing"
  groups = {
    faults = { filter_expression = "service(\"shop\") { fault }" }
    slow   = { filter_expression = "responsetime > 2", insights = false }
  }
  sampling_rules = {
    orders = { priority = 100, fixed_rate = 0.5, url_path = "/orders*", http_method = "POST" }
    health = { priority = 200, fixed_rate = 0, reservoir_per_second = 0, url_path = "/healthz" }
  }
}
