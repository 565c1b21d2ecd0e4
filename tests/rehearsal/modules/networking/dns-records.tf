module "zone" {
  source = "./modules/networking/dns-zone"

  name        = "acme-records"
  domain_name = "records.example.com"
}

module "records" {
  source = "./modules/networking/dns-records"

  name        = "acme-records"
  zone_id     = module.zone.zone_id
  domain_name = module.zone.domain_name

  health_checks = {
    east = { host = "east.records.example.com" }
    west = { host = "west.records.example.com", interval_seconds = 10 }
  }
  records = {
    east        = { name = "shop", type = "A", values = ["203.0.113.10"], failover = "PRIMARY", health_check = "east" }
    west        = { name = "shop", type = "A", values = ["203.0.113.20"], failover = "SECONDARY", health_check = "west" }
    blue        = { name = "api", type = "CNAME", values = ["blue.example.net"], weight = 90, ttl_seconds = 60 }
    green       = { name = "api", type = "CNAME", values = ["green.example.net"], weight = 10, ttl_seconds = 60 }
    mail-policy = { name = "", type = "TXT", values = ["v=spf1 -all"] }
  }
}
