first_day             = "2026/11/01"
answer_retention_days = 30
scan_limit_gb         = 50 # a month of the busiest season
