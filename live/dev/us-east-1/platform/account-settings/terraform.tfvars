ecr_scanning = { type = "BASIC" } # free; dev's images are staging's, which are watched

# Add Project, Environment and System once they stand on the first bill: AWS refuses keys that it has not seen there.
cost_allocation_tags = []
