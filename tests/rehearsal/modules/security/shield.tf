module "zone" {
  source = "./modules/networking/dns-zone"

  name        = "acme-shield"
  domain_name = "shield.example.com"
}

module "shield" {
  source = "./modules/security/shield"

  name      = "acme-shield"
  bought    = true
  resources = { zone = { arn = module.zone.zone_arn } }
}
