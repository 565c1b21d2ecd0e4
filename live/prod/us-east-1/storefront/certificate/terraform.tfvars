alarm_days_before_expiry = 30 # two weeks to find out why, two to mend it
