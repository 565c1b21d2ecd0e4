# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name   = "acme-dev-shop"
  vpc_id = "vpc-0123456789abcdef0"

  groups = {
    load-balancer = {
      ingress = {
        https = { description = "Customers", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
      egress = {
        service = { description = "Requests", from_port = 8000, group = "service" }
      }
    }
    service = {
      ingress = {
        load-balancer = { description = "Requests", from_port = 8000, group = "load-balancer" }
      }
      egress = {
        database = { description = "Queries", from_port = 5432, group = "database" }
      }
    }
    database = {
      ingress = {
        service = { description = "Queries", from_port = 5432, group = "service" }
      }
    }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.security_group_ids == { for key, group in aws_security_group.this : key => group.id } && length(output.security_group_ids) > 0
    error_message = "got ${jsonencode(output.security_group_ids)}"
  }

  assert {
    condition     = output.security_group_arns == { for key, group in aws_security_group.this : key => group.arn } && length(output.security_group_arns) > 0
    error_message = "got ${jsonencode(output.security_group_arns)}"
  }
}
