# The names of the shop stand in live/_units/storefront/dns-records.hcl.
health_checks = {} # CloudFront and the load balancer each watch their own; add one when a second region can take over
