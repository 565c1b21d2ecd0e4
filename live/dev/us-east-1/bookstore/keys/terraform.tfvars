deletion_window_days = 7 # the shortest that KMS allows: dev may be thrown away
