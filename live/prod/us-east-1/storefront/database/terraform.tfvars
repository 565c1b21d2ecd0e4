instance       = { class = "db.m7g.large", multi_az = true, storage = { allocated_gb = 100, maximum_gb = 1000 } }
engine_version = "16"
alarms         = { connections = 700 } # a db.m7g.large allows about 850

backup_retention_days       = 35
secret_recovery_window_days = 30
maintenance                 = { backup_window = "03:00-04:00", window = "sun:04:30-sun:05:30" } # when fewest buy
monitoring                  = { insights_days = 465, interval_seconds = 15 }                    # a year back, for the season

log_retention_days = 365
