deletion_window_days = 14
