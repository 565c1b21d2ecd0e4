deletion_protection = true
alarms              = { errors_per_minute = 10, minutes = 3, response_seconds = 1 }
