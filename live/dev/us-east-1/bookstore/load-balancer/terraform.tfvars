deletion_protection = false # dev may be thrown away
alarms              = { errors_per_minute = 10, response_seconds = 3 }
