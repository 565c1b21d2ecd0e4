plans = {} # takes the copies that us-east-1 sends

# Governance mode: nobody deletes a copy before its time but who may take the lock away.
lock = { minimum_days = 7, maximum_days = 400 }
