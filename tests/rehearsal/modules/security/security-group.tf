module "given" {
  source = "./prerequisites"
  name   = "acme-groups"
}

module "security_groups" {
  source = "./modules/security/security-group"

  name   = "acme-groups"
  vpc_id = module.given.vpc_id

  groups = {
    load-balancer = {
      ingress = {
        https = { description = "Customers", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
      egress = {
        service = { description = "Requests", from_port = 8000, group = "service" }
      }
    }
    service = {
      ingress = {
        load-balancer = { description = "Requests", from_port = 8000, group = "load-balancer" }
      }
      egress = {
        database = { description = "Queries", from_port = 5432, group = "database" }
      }
    }
    database = {
      ingress = {
        service = { description = "Queries", from_port = 5432, group = "service" }
      }
    }
  }
}
