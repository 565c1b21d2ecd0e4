# A zone's number says which part of the VPC its subnet is; another number replaces the subnet.
tiers = {
  public   = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1, us-east-1c = 2 } }
  private  = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2, us-east-1c = 3 } }
  database = { newbits = 8, zones = { us-east-1a = 8, us-east-1b = 9, us-east-1c = 10 } }
}

# One gateway a zone: a lost zone takes nothing else with it.
nat_gateway_zones = ["us-east-1a", "us-east-1b", "us-east-1c"]

log_retention_days = 365 # long enough to look back from a yearly audit
