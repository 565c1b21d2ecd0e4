resource "aws_api_gateway_vpc_link" "this" {
  for_each = var.vpc_links

  name        = "${var.name}-${each.key}"
  description = "From the API to the network load balancer of ${each.key}."
  target_arns = [each.value] # the API takes a list of exactly one
  tags        = var.tags
}

locals {
  # The document names a link as $${stageVariables.vpc_link_<key>}, so it needs no id that only an apply knows.
  stage_variables = merge(
    { for key, link in aws_api_gateway_vpc_link.this : "vpc_link_${replace(key, "-", "_")}" => link.id },
    var.stage_variables,
  )
}
