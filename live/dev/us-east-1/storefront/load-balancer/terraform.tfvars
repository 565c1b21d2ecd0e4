deletion_protection = false                                            # dev may be thrown away
alarms              = { errors_per_minute = 50, response_seconds = 3 } # only what is broken rings
