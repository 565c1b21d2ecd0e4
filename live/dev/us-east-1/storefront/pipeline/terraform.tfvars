# What builds are made from. The connection waits until a person accepts it, once, in the console.
source_repository = { name = "acme/storefront", branch = "develop", paths = ["frontend/**", "services/**"] }

log_retention_days = 14
