# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name           = "acme-dev-shop"
  vpc_id         = "vpc-0123456789abcdef0"
  vpc_cidr_block = "10.20.0.0/16"

  tiers = {
    public  = { us-east-1a = "10.20.0.0/24", us-east-1b = "10.20.1.0/24" }
    private = { us-east-1a = "10.20.16.0/20", us-east-1b = "10.20.32.0/20" }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.subnet_ids == { for tier, zones in var.tiers : tier => { for zone in keys(zones) : zone => aws_subnet.this["${tier}/${zone}"].id } } && length(output.subnet_ids) > 0
    error_message = "got ${jsonencode(output.subnet_ids)}"
  }

  assert {
    condition     = output.subnet_arns == { for tier, zones in var.tiers : tier => { for zone in keys(zones) : zone => aws_subnet.this["${tier}/${zone}"].arn } } && length(output.subnet_arns) > 0
    error_message = "got ${jsonencode(output.subnet_arns)}"
  }

  assert {
    condition     = output.route_table_ids == { for tier, zones in var.tiers : tier => { for zone in keys(zones) : zone => aws_route_table.this["${tier}/${zone}"].id } } && length(output.route_table_ids) > 0
    error_message = "got ${jsonencode(output.route_table_ids)}"
  }
}
