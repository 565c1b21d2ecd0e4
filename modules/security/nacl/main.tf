locals {
  # One key a rule: "private/ingress/vpc".
  rules = merge(flatten([
    for acl, spec in var.acls : [
      for direction, rules in { ingress = spec.ingress, egress = spec.egress } : {
        for key, rule in rules : "${acl}/${direction}/${key}" => merge(rule, { acl = acl, egress = direction == "egress" })
      }
    ]
  ])...)

  # Load balancers, NAT gateways and Lambda functions answer to and call from these.
  ephemeral_ports = { from = 1024, to = 65535 }
}

resource "aws_network_acl" "this" {
  for_each = var.acls

  vpc_id     = var.vpc_id
  subnet_ids = values(each.value.subnet_ids)
  tags       = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_network_acl_rule" "this" {
  for_each = local.rules

  network_acl_id  = aws_network_acl.this[each.value.acl].id
  rule_number     = each.value.number
  egress          = each.value.egress
  rule_action     = each.value.action
  protocol        = each.value.protocol
  from_port       = each.value.ephemeral_ports ? local.ephemeral_ports.from : each.value.from_port
  to_port         = each.value.ephemeral_ports ? local.ephemeral_ports.to : each.value.to_port == null ? each.value.from_port : each.value.to_port
  icmp_type       = each.value.protocol == "icmp" ? -1 : null
  icmp_code       = each.value.protocol == "icmp" ? -1 : null
  cidr_block      = each.value.cidr_ipv4
  ipv6_cidr_block = each.value.cidr_ipv6
}
