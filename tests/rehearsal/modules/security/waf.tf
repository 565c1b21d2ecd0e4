module "regional" {
  source = "./modules/security/waf"

  name  = "acme-waf"
  scope = "REGIONAL"

  ip_sets = {
    office = { addresses = ["203.0.113.0/24"], action = "allow", priority = 0 }
  }
  rate_limits = {
    everybody = { requests = 2000, priority = 200 }
    login     = { requests = 50, seconds = 60, priority = 210, path_prefix = "/login" }
  }
  blocked_countries  = ["KP"]
  log_retention_days = 365
}

module "edge" {
  source = "./modules/security/waf"

  name       = "acme-waf-edge"
  scope      = "CLOUDFRONT"
  count_only = true
}
