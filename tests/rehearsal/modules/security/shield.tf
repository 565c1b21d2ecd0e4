module "given" {
  source = "./prerequisites"
  name   = "acme-shield"
}

module "zone" {
  source = "./modules/networking/dns-zone"

  name        = "acme-shield"
  domain_name = "shield.example.com"
}

module "records" {
  source = "./modules/networking/dns-records"

  name          = "acme-shield"
  zone_id       = module.zone.zone_id
  domain_name   = module.zone.domain_name
  health_checks = { shop = { host = "shield.example.com" } }
  records       = { shop = { name = "shop", type = "A", values = ["203.0.113.10"] } }
}

module "balancer" {
  source = "./modules/networking/load-balancer"

  name                 = "acme-shield"
  allow_plain_http     = true
  allow_no_access_logs = true
  deletion_protection  = false
  vpc_id               = module.given.vpc_id
  subnet_ids           = module.given.subnet_ids
  security_group_ids   = [module.given.security_group_id]
}

module "shield" {
  source = "./modules/security/shield"

  name   = "acme-shield"
  bought = true
  resources = {
    balancer = { arn = module.balancer.load_balancer_arn, automatic_response = "block" }
    zone = {
      arn          = module.zone.zone_arn
      health_check = { arn = "arn:aws:route53:::healthcheck/${module.records.health_check_ids["shop"]}" }
    }
  }
}
