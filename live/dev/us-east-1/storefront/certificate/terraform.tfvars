alarm_days_before_expiry = null # nobody is woken for dev
