alarms = { errors_per_minute = 10, minutes = 3 }
