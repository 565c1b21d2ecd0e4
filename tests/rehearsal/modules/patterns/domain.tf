module "parent" {
  source = "./modules/networking/dns-zone"

  name        = "acme-domain-parent"
  domain_name = "domain.example.com"
}

module "keys" {
  source = "./modules/security/kms-key"

  name       = "acme-domain"
  account_id = "111111111111"
  keys       = { dnssec = { description = "Signs acme-domain", signs_dns_zones = true } }
}

module "domain" {
  source = "./modules/patterns/domain"

  name   = "acme-domain"
  dnssec = { key_arn = module.keys.key_arns["dnssec"] }
  domain = { name = "shop.domain.example.com", parent_zone = { zone_id = module.parent.zone_id } }
}
