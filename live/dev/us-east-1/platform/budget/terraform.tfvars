budgets = { all = { limit_usd = 700 } }
anomaly = { minimum_usd = 20 } # somebody forgot something large
