deletion_protection = false # dev may be thrown away

# Nobody is woken for dev, so only what is broken rings.
alarms = { errors_per_minute = 50 }
