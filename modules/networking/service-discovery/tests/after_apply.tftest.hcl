# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name      = "acme-dev-shop"
  namespace = "shop.internal"
  vpc_id    = "vpc-0123456789abcdef0"

  services = { cart = {}, product = {} }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.namespace_id == aws_service_discovery_private_dns_namespace.this.id
    error_message = "got ${jsonencode(output.namespace_id)}"
  }

  assert {
    condition     = output.namespace_arn == aws_service_discovery_private_dns_namespace.this.arn
    error_message = "got ${jsonencode(output.namespace_arn)}"
  }

  assert {
    condition     = output.zone_id == aws_service_discovery_private_dns_namespace.this.hosted_zone
    error_message = "got ${jsonencode(output.zone_id)}"
  }

  assert {
    condition     = output.service_arns == { for key, service in aws_service_discovery_service.this : key => service.arn } && length(output.service_arns) > 0
    error_message = "got ${jsonencode(output.service_arns)}"
  }
}
