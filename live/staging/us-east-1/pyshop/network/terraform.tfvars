# A zone's number is the third part of its subnet's address: 1 is 10.0.1.0/24. Another number replaces the subnet.
tiers = {
  public  = { newbits = 8, zones = { us-east-1a = 1, us-east-1b = 2 } }
  private = { newbits = 8, zones = { us-east-1a = 10, us-east-1b = 11 } }
}

# One gateway a zone, as in prod: what breaks with a zone shall break here first.
nat_gateway_zones = ["us-east-1a", "us-east-1b"]

log_retention_days = 30
