# A system's name on the internet, or none yet: with a domain there is a zone (or the one it is told of) and a certificate
# that renews itself; without, there is nothing, and the units that depend on this one learn so from its outputs.
module "zone" {
  source = "../../networking/dns-zone"
  count  = var.domain != null && try(var.domain.existing_zone, null) == null ? 1 : 0

  name                = var.name
  domain_name         = var.domain.name
  parent              = var.domain.parent_zone
  dnssec              = var.dnssec
  alarm_topic_arns    = var.alarm_topic_arns
  destroy_records_too = var.destroy_records_too
  tags                = var.tags
}

locals {
  zone_id = var.domain == null ? null : one(concat(module.zone[*].zone_id, var.domain.existing_zone[*].zone_id))
}

module "certificate" {
  source = "../../networking/certificate"
  count  = var.domain == null ? 0 : 1

  name                     = var.name
  domain_name              = var.domain.name
  alternative_names        = [for host in var.domain.hosts : "${host}.${var.domain.name}"]
  zone_id                  = local.zone_id
  alarm_days_before_expiry = var.alarm_days_before_expiry
  alarm_topic_arns         = var.alarm_topic_arns
  tags                     = var.tags
}
