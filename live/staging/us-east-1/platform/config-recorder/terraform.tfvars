recording_frequency = "DAILY" # a tenth of the price; what comes and goes within a day is not worth it here
