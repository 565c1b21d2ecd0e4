alarm_days_before_expiry = 14
