# A zone's number says which part of the VPC its subnet is; another number replaces the subnet.
tiers = {
  public  = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1 } }
  private = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2 } }
}

# Nothing here calls the internet: both functions reach AWS through the endpoints. A NAT gateway would cost $33 a month.
nat_gateway_zones = []

# One address for each endpoint is enough to try things out: the second zone would cost $15 a month more.
interface_endpoint_zones = ["us-east-1a"]

log_retention_days = 14
