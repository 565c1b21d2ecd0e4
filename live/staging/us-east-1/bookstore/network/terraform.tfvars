# A zone's number says which part of the VPC its subnet is; another number replaces the subnet.
tiers = {
  public   = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1, us-east-1c = 2 } }
  private  = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2, us-east-1c = 3 } }
  database = { newbits = 8, zones = { us-east-1a = 8, us-east-1b = 9, us-east-1c = 10 } }
}

nat_gateway_zones = ["us-east-1a"]

# The endpoints of prod in one zone: what is tested here is that the services find them.
interface_endpoints      = { "ecr.api" = {}, "ecr.dkr" = {}, events = {}, logs = {}, secretsmanager = {}, sqs = {}, ssm = {}, xray = {} }
interface_endpoint_zones = ["us-east-1a"]

log_retention_days = 30
