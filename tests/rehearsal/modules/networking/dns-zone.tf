module "given" {
  source = "./prerequisites"
  name   = "acme-zone"
}

module "keys" {
  source = "./modules/security/kms-key"

  name       = "acme-zone"
  account_id = module.given.account_id
  keys       = { dnssec = { description = "Signs acme-zone", signs_dns_zones = true } }
}

resource "aws_cloudwatch_log_group" "queries" {
  name              = "/aws/route53/zone.example.com"
  retention_in_days = 7
}

module "parent" {
  source = "./modules/networking/dns-zone"

  name        = "acme-zone-parent"
  domain_name = "zone.example.com"
  query_log   = { log_group_arn = aws_cloudwatch_log_group.queries.arn }
}

module "zone" {
  source = "./modules/networking/dns-zone"

  name        = "acme-zone"
  domain_name = "shop.zone.example.com"
  parent      = { zone_id = module.parent.zone_id }
  dnssec      = { key_arn = module.keys.key_arns["dnssec"] }
}

module "private" {
  source = "./modules/networking/dns-zone"

  name               = "acme-zone-private"
  domain_name        = "zone.internal"
  private_to_vpc_ids = { shop = module.given.vpc_id }
}
