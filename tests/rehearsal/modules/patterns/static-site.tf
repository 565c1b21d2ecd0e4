module "given" {
  source = "./prerequisites"
  name   = "acme-site"
}

module "zone" {
  source = "./modules/networking/dns-zone"

  name        = "acme-site"
  domain_name = "site.example.com"
}

module "certificate" {
  source = "./modules/networking/certificate"

  name              = "acme-site"
  zone_id           = module.zone.zone_id
  domain_name       = "site.example.com"
  alternative_names = ["www.site.example.com"]
}

module "web_acl" {
  source = "./modules/security/waf"

  name  = "acme-site"
  scope = "CLOUDFRONT"
}

module "site" {
  source = "./modules/patterns/static-site"

  name              = "acme-site"
  account_id        = module.given.account_id
  access_log_bucket = module.given.log_bucket
  web_acl           = { arn = module.web_acl.web_acl_arn }

  aliases         = ["site.example.com", "www.site.example.com"]
  certificate_arn = module.certificate.certificate_arn
  zone            = { zone_id = module.zone.zone_id, domain_name = module.zone.domain_name }

  apis = { cart = { domain_name = "api.site.example.com", path = "/api/*" } }

  allowed_countries = ["AT", "CH", "DE"]
}
