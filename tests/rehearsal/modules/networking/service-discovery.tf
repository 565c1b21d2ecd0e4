module "given" {
  source = "./prerequisites"
  name   = "acme-discovery"
}

module "service_discovery" {
  source = "./modules/networking/service-discovery"

  name      = "acme-discovery"
  namespace = "discovery.internal"
  vpc_id    = module.given.vpc_id

  services = {
    cart    = {}
    product = { record_types = ["A", "SRV"], ttl_seconds = 30 }
  }
}
