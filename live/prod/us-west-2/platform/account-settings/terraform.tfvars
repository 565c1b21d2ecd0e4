ecr_scanning = { type = "ENHANCED" } # watched all the time, not only when pushed

# What is the account's and no region's belongs to us-east-1.
cost_allocation_tags   = []
password_policy        = null
s3_public_access_block = false
