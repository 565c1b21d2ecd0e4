module "given" {
  source = "./prerequisites"
  name   = "acme-budget"
}

module "budget" {
  source = "./modules/monitoring/budget"

  name             = "acme-budget"
  account_id       = module.given.account_id
  email_addresses  = ["finance@example.com"]
  alarm_topic_arns = [module.given.topic_arn]
  budgets = {
    all       = { limit_usd = 400 }
    databases = { limit_usd = 100, cost_filters = { Service = ["Amazon Relational Database Service"] } }
  }
  anomaly = { minimum_usd = 20 }
}
