deletion_protection = false # staging is made again from the code
alarms              = { errors_per_minute = 10, response_seconds = 1 }
