# The names of the shop stand in live/_units/storefront/dns-records.hcl; health checks from around the world would be added here.
