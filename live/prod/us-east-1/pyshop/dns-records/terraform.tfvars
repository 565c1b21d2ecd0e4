# Which names lead to the load balancer stands in the unit dns-zone (domain, hosts).
