# The name servers that this unit gives out belong into the zone of example.com, or parent_zone here.
domain = { name = "pyshop.example.com" }
