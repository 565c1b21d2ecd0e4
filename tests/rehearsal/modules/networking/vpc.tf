module "vpc" {
  source = "./modules/networking/vpc"

  name               = "acme-vpc"
  account_id         = "111111111111"
  cidr_block         = "10.20.0.0/16"
  log_retention_days = 365

  assign_ipv6_cidr_block = true
}

module "subnets" {
  source = "./modules/networking/subnets"

  name           = "acme-vpc"
  vpc_id         = module.vpc.vpc_id
  vpc_cidr_block = module.vpc.vpc_cidr_block

  tiers = {
    public  = { us-east-1a = "10.20.0.0/24", us-east-1b = "10.20.1.0/24" }
    private = { us-east-1a = "10.20.16.0/20", us-east-1b = "10.20.32.0/20" }
  }
}

module "internet_gateway" {
  source = "./modules/networking/internet-gateway"

  name                   = "acme-vpc"
  vpc_id                 = module.vpc.vpc_id
  public_route_table_ids = module.subnets.route_table_ids["public"]
  route_ipv6             = true
}

module "nat_gateway" {
  source = "./modules/networking/nat-gateway"

  name                    = "acme-vpc"
  public_subnet_ids       = { us-east-1a = module.subnets.subnet_ids["public"]["us-east-1a"] }
  private_route_table_ids = { private = module.subnets.route_table_ids["private"] }

  depends_on = [module.internet_gateway]
}
