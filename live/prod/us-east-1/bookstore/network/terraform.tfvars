# A zone's number says which part of the VPC its subnet is; another number replaces the subnet.
tiers = {
  public   = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1, us-east-1c = 2 } }
  private  = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2, us-east-1c = 3 } }
  database = { newbits = 8, zones = { us-east-1a = 8, us-east-1b = 9, us-east-1c = 10 } }
}

# One gateway a zone, so that a lost zone takes nobody else with it.
nat_gateway_zones = ["us-east-1a", "us-east-1b", "us-east-1c"]

# What every task calls all day goes by endpoints in each zone: cheaper than the NAT gateways, and it never leaves AWS.
interface_endpoints = { "ecr.api" = {}, "ecr.dkr" = {}, events = {}, logs = {}, secretsmanager = {}, sqs = {}, ssm = {}, xray = {} }

log_retention_days = 365 # long enough to look back from a yearly audit
