# Off: dev does without search, which would cost $26 a month and take ten minutes to make (the provider waits that long,
# also in a rehearsal). To try it out:
# domains = { search = { nodes = { type = "t3.small.search", count = 1 } } }
domains = {}

log_retention_days = 14
