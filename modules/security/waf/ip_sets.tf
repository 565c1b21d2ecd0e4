# A set holds addresses of one family.
resource "aws_wafv2_ip_set" "this" {
  for_each = merge([
    for key, set in var.ip_sets : {
      for family in ["IPV4", "IPV6"] : "${key}/${family}" => {
        name      = "${var.name}-${key}-${lower(family)}"
        family    = family
        addresses = [for address in set.addresses : address if strcontains(address, ":") == (family == "IPV6")]
      } if anytrue([for address in set.addresses : strcontains(address, ":") == (family == "IPV6")])
    }
  ]...)

  name               = each.value.name
  scope              = var.scope
  ip_address_version = each.value.family
  addresses          = each.value.addresses
  tags               = var.tags
}
