first_day             = "2026/11/01"
answer_retention_days = 14
scan_limit_gb         = 5
