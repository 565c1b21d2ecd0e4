# No domain: dev is reached by the load balancer's own name. A domain such as { name = "pyshop.dev.example.com" } switches
# on its zone, certificate, HTTPS and records; what follows then no longer counts.
domain           = null
allow_plain_http = true
