budgets = { all = { limit_usd = 500 } }
anomaly = { minimum_usd = 20 } # somebody forgot something large
