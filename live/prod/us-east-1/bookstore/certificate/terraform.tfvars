alarm_days_before_expiry = 30 # ACM renews at 60: by then something is wrong
