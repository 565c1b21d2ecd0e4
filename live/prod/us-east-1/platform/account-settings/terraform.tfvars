ecr_scanning = { type = "ENHANCED" } # watched all the time, not only when pushed

# Add Project, Environment and System once they stand on the first bill: AWS refuses keys that it has not seen there.
cost_allocation_tags = []
