locals {
  # One key a rule: "api/https". Rules are separate resources, so that none is rebuilt because of a neighbour.
  ingress = merge([
    for group, spec in var.groups : { for rule, value in spec.ingress : "${group}/${rule}" => merge(value, { owner = group }) }
  ]...)
  egress = merge([
    for group, spec in var.groups : { for rule, value in spec.egress : "${group}/${rule}" => merge(value, { owner = group }) }
  ]...)
}

resource "aws_security_group" "this" {
  for_each = var.groups

  name   = "${var.name}-${each.key}"
  vpc_id = var.vpc_id
  # AWS can change neither name nor description: another text would replace a group that interfaces still hold.
  description = "${var.name}-${each.key}"
  tags        = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = local.ingress

  security_group_id            = aws_security_group.this[each.value.owner].id
  description                  = each.value.description
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.from_port
  to_port                      = each.value.to_port == null ? each.value.from_port : each.value.to_port
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.group == null ? each.value.security_group_id : aws_security_group.this[each.value.group].id
  tags                         = merge(var.tags, { Name = each.key })
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = local.egress

  security_group_id            = aws_security_group.this[each.value.owner].id
  description                  = each.value.description
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.from_port
  to_port                      = each.value.to_port == null ? each.value.from_port : each.value.to_port
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.group == null ? each.value.security_group_id : aws_security_group.this[each.value.group].id
  tags                         = merge(var.tags, { Name = each.key })
}
