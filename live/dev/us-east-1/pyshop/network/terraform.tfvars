# A zone's number is the third part of its subnet's address: 1 is 10.0.1.0/24. Another number replaces the subnet.
tiers = {
  public  = { newbits = 8, zones = { us-east-1a = 1, us-east-1b = 2 } }
  private = { newbits = 8, zones = { us-east-1a = 10, us-east-1b = 11 } }
}

# One gateway serves both zones. [] saves its $33 a month; the tasks then reach AWS through interface_endpoints only:
# ecr.api, ecr.dkr, logs, secretsmanager, ssm and ssmmessages at $7 a month each.
nat_gateway_zones = ["us-east-1a"]

log_retention_days = 14
