budgets = { all = { limit_usd = 1500 } }
anomaly = { minimum_usd = 50 }
