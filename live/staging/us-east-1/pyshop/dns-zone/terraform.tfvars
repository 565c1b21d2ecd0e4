# The name servers that this unit gives out belong into the zone of staging.example.com, or parent_zone here.
domain = { name = "pyshop.staging.example.com" }
