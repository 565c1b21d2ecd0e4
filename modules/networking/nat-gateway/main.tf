locals {
  # Every private table by "tier/zone", and the zone whose gateway serves it: its own, or else the only one.
  routes = merge([
    for tier, zones in var.private_route_table_ids : {
      for zone, id in zones : "${tier}/${zone}" => {
        route_table_id = id
        gateway_zone   = contains(keys(var.public_subnet_ids), zone) ? zone : one(keys(var.public_subnet_ids))
      }
    } if length(var.public_subnet_ids) > 0
  ]...)
}

resource "aws_eip" "this" {
  for_each = var.public_subnet_ids

  domain = "vpc"
  tags   = merge(var.tags, { Name = "${var.name}-nat-${each.key}" })
}

resource "aws_nat_gateway" "this" {
  for_each = var.public_subnet_ids

  subnet_id     = each.value
  allocation_id = aws_eip.this[each.key].id
  tags          = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_route" "default" {
  for_each = local.routes

  route_table_id         = each.value.route_table_id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.value.gateway_zone].id
}
