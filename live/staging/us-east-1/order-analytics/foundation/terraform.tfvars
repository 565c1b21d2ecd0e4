# A zone's number says which part of the VPC its subnet is; another number replaces the subnet.
tiers = {
  public  = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1 } }
  private = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2 } }
}

# As in prod: both functions reach AWS through the endpoints, so nothing would use a NAT gateway.
nat_gateway_zones = []

log_retention_days = 90
