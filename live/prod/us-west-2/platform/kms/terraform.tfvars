deletion_window_days = 30 # a deleted key makes its data unreadable: keep the longest time to notice
rotation_period_days = 365
