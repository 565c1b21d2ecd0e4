module "parent" {
  source = "./modules/networking/dns-zone"

  name        = "acme-domain-parent"
  domain_name = "domain.example.com"
}

module "domain" {
  source = "./modules/patterns/domain"

  name   = "acme-domain"
  domain = { name = "shop.domain.example.com", parent_zone = { zone_id = module.parent.zone_id } }
}
