archive = { retention_days = 7 }
