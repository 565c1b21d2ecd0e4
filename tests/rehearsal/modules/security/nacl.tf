module "given" {
  source = "./prerequisites"
  name   = "acme-nacl"
}

module "nacl" {
  source = "./modules/security/nacl"

  name   = "acme-nacl"
  vpc_id = module.given.vpc_id

  acls = {
    public = {
      subnet_ids = module.given.subnet_ids
      ingress = {
        https = { number = 100, from_port = 443, cidr_ipv4 = "0.0.0.0/0" }
        vpc   = { number = 200, protocol = "-1", cidr_ipv4 = "10.77.0.0/16" }
      }
      egress = {
        answers = { number = 100, ephemeral_ports = true, cidr_ipv4 = "0.0.0.0/0" }
        vpc     = { number = 200, protocol = "-1", cidr_ipv4 = "10.77.0.0/16" }
      }
    }
  }
}
