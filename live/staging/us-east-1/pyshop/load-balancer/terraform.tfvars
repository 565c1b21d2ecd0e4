alarms = { errors_per_minute = 20 }
