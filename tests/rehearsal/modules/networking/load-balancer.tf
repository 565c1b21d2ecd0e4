module "given" {
  source = "./prerequisites"
  name   = "acme-balancer"
}

module "zone" {
  source = "./modules/networking/dns-zone"

  name                = "acme-balancer"
  domain_name         = "balancer.example.com"
  destroy_records_too = true
}

module "certificate" {
  source = "./modules/networking/certificate"

  name              = "acme-balancer"
  zone_id           = module.zone.zone_id
  domain_name       = "balancer.example.com"
  alternative_names = ["*.balancer.example.com"]
  alarm_topic_arns  = [module.given.topic_arn]
}

module "web_acl" {
  source = "./modules/security/waf"

  name  = "acme-balancer"
  scope = "REGIONAL"
}

module "load_balancer" {
  source = "./modules/networking/load-balancer"

  name                = "acme-balancer"
  internet_facing     = true
  deletion_protection = false
  vpc_id              = module.given.vpc_id
  subnet_ids          = module.given.subnet_ids
  security_group_ids  = [module.given.security_group_id]
  certificate_arn     = module.certificate.certificate_arn
  access_logs         = { bucket_name = module.given.log_bucket.name, prefix = "shop" }
  web_acl             = { arn = module.web_acl.web_acl_arn }
  alarm_topic_arns    = [module.given.topic_arn]

  target_groups = {
    cart    = { port = 8000 }
    product = { port = 8443, protocol = "HTTPS", blue_green = true, stickiness_seconds = 600 }
  }
  rules = {
    cart    = { priority = 10, paths = ["/cart/*"], forward = { cart = 1 } }
    product = { priority = 20, paths = ["/products/*"], forward = { product-blue = 90, product-green = 10 } }
  }
}

module "network_load_balancer" {
  source = "./modules/networking/load-balancer"

  name                = "acme-balancer-inner"
  type                = "network"
  deletion_protection = false
  vpc_id              = module.given.vpc_id
  subnet_ids          = module.given.subnet_ids
  security_group_ids  = [module.given.security_group_id]

  target_groups     = { tasks = { port = 8000, protocol = "TCP" } }
  network_listeners = { tasks = { port = 80, target_group = "tasks" } }
}

module "records" {
  source = "./modules/networking/dns-records"

  name        = "acme-balancer"
  zone_id     = module.zone.zone_id
  domain_name = module.zone.domain_name

  records = {
    apex = {
      name  = ""
      type  = "A"
      alias = { dns_name = module.load_balancer.dns_name, zone_id = module.load_balancer.zone_id }
    }
    mail-policy = { name = "", type = "TXT", values = ["v=spf1 -all"] }
  }
}
