resource "aws_apigatewayv2_vpc_link" "this" {
  count = var.vpc_link == null ? 0 : 1

  name               = var.name
  subnet_ids         = var.vpc_link.subnet_ids
  security_group_ids = var.vpc_link.security_group_ids
  tags               = var.tags
}
