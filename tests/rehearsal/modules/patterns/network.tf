module "given" {
  source = "./prerequisites"
  name   = "acme-network"
}

module "network" {
  source = "./modules/patterns/network"

  name           = "acme-network"
  account_id     = module.given.account_id
  vpc_cidr_block = "10.20.0.0/16"

  tiers = {
    public   = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1 } }
    private  = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2 }, callers = "hosts" }
    database = { newbits = 8, zones = { us-east-1a = 4, us-east-1b = 5 } }
  }
  nat_gateway_zones   = ["us-east-1a"]
  ports_inside        = [443]
  interface_endpoints = { events = {} }

  security_groups = {
    worker = {
      egress = {
        tables = { description = "Read and write tables", from_port = 443, gateway_endpoint = "dynamodb" }
        events = { description = "Publish events", from_port = 443, group = "endpoints" }
      }
    }
  }
}
