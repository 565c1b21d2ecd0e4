locals {
  # One key a subnet: "private/us-east-1a". It holds no index, so that a zone can come or go alone.
  subnets = merge([
    for tier, zones in var.tiers : {
      for zone, cidr_block in zones : "${tier}/${zone}" => { tier = tier, zone = zone, cidr_block = cidr_block }
    }
  ]...)
}

resource "aws_subnet" "this" {
  for_each = local.subnets

  vpc_id            = var.vpc_id
  availability_zone = each.value.zone
  cidr_block        = each.value.cidr_block
  # Load balancers and NAT gateways bring their own addresses; nothing else should be given one unasked.
  map_public_ip_on_launch         = false
  ipv6_cidr_block                 = var.ipv6 == null ? null : cidrsubnet(var.ipv6.vpc_cidr_block, 8, var.ipv6.network_numbers[each.value.tier][each.value.zone])
  assign_ipv6_address_on_creation = var.ipv6 != null
  tags                            = merge(var.tags, { Name = "${var.name}-${each.value.tier}-${each.value.zone}", Tier = each.value.tier })
}

# A table for each subnet: a zone's NAT gateway can then serve its own zone alone.
resource "aws_route_table" "this" {
  for_each = local.subnets

  vpc_id = var.vpc_id
  tags   = merge(var.tags, { Name = "${var.name}-${each.value.tier}-${each.value.zone}", Tier = each.value.tier })
}

resource "aws_route_table_association" "this" {
  for_each = local.subnets

  subnet_id      = aws_subnet.this[each.key].id
  route_table_id = aws_route_table.this[each.key].id
}
