# Takes the copies of us-east-1 and makes none of its own.
lock = { minimum_days = 7 }
