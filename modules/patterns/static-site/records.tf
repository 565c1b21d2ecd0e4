module "records" {
  source = "../../networking/dns-records"
  count  = var.zone == null ? 0 : 1

  name        = var.name
  domain_name = var.zone.domain_name
  zone_id     = var.zone.zone_id
  tags        = var.tags

  # CloudFront answers by IPv4 and IPv6; visitors come by either.
  records = merge([
    for alias in var.aliases : {
      for type in ["A", "AAAA"] : "${alias}/${type}" => {
        name = alias == var.zone.domain_name ? "" : trimsuffix(alias, ".${var.zone.domain_name}")
        type = type
        alias = {
          dns_name               = module.distribution.domain_name
          zone_id                = module.distribution.hosted_zone_id
          evaluate_target_health = false # Route 53 refuses it for distributions
        }
      }
    }
  ]...)
}
