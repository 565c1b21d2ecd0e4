deletion_protection = false
alarms              = { errors_per_minute = 10, response_seconds = 1 }
