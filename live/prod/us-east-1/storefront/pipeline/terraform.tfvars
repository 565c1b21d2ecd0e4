# What builds are made from. The connection waits until a person accepts it, once, in the console.
source_repository = { name = "acme/storefront", branch = "release", paths = ["frontend/**", "services/**"] }

artifact_retention_days = 90 # what ran last quarter can be looked at
log_retention_days      = 365
