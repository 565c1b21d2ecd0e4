# A zone's number says which part of the VPC its subnet is; another number replaces the subnet.
tiers = {
  public   = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1 } }
  private  = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2 } }
  database = { newbits = 8, zones = { us-east-1a = 8, us-east-1b = 9 } }
}

# As in prod: one gateway a zone, so that a lost zone is rehearsed as it would be there.
nat_gateway_zones = ["us-east-1a", "us-east-1b"]

log_retention_days = 90
