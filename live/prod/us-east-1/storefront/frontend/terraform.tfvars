noncurrent_expiration_days = 90
price_class                = "PriceClass_200" # customers in Asia too
