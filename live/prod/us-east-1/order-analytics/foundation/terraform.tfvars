# A zone's number says which part of the VPC its subnet is; another number replaces the subnet.
tiers = {
  public  = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1, us-east-1c = 2 } }
  private = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2, us-east-1c = 3 } }
}

# Both functions reach AWS through the endpoints; a function that must call the internet needs one gateway a zone here.
nat_gateway_zones = []

# Long enough to look back from a yearly audit.
log_retention_days = 365
