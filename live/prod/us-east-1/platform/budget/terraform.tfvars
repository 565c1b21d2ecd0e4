budgets = {
  all       = { limit_usd = 6000 }
  databases = { limit_usd = 2500, cost_filters = { Service = ["Amazon Relational Database Service"] } }
}
anomaly = { minimum_usd = 100, minimum_percent = 20 }
