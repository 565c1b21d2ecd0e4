data "aws_region" "current" {}

data "aws_partition" "current" {}

locals {
  service_prefix = "com.amazonaws.${data.aws_region.current.name}"
  default_policy = data.aws_iam_policy_document.own_account.json
}

resource "aws_vpc_endpoint" "gateway" {
  for_each = var.gateway_endpoints

  vpc_id            = var.vpc_id
  vpc_endpoint_type = "Gateway"
  service_name      = "${local.service_prefix}.${each.key}"
  route_table_ids   = values(var.route_table_ids)
  policy = each.value.policy != null ? each.value.policy : (
    each.key == "s3" ? data.aws_iam_policy_document.own_account_and_image_layers.json : local.default_policy
  )
  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_vpc_endpoint" "interface" {
  for_each = var.interface_endpoints

  vpc_id              = var.vpc_id
  vpc_endpoint_type   = "Interface"
  service_name        = "${local.service_prefix}.${each.key}"
  subnet_ids          = values(var.subnet_ids)
  security_group_ids  = var.security_group_ids
  private_dns_enabled = each.value.private_dns
  policy              = each.value.policy == null ? local.default_policy : each.value.policy
  tags                = merge(var.tags, { Name = "${var.name}-${each.key}" })
}
