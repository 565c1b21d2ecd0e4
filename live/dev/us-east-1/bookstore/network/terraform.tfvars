# A zone's number says which part of the VPC its subnet is; another number replaces the subnet.
tiers = {
  public   = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1, us-east-1c = 2 } }
  private  = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2, us-east-1c = 3 } }
  database = { newbits = 8, zones = { us-east-1a = 8, us-east-1b = 9, us-east-1c = 10 } }
}

# One gateway for all zones: dev can wait for a zone to come back, two more would cost $66 a month.
nat_gateway_zones = ["us-east-1a"]

# Secrets never pass the NAT gateway; an address in one zone is enough to show it.
interface_endpoints      = { secretsmanager = {} }
interface_endpoint_zones = ["us-east-1a"]

log_retention_days = 14
