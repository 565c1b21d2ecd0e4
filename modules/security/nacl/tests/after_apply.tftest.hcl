# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name   = "acme-dev-shop"
  vpc_id = "vpc-0123456789abcdef0"

  acls = {
    public = {
      subnet_ids = { us-east-1a = "subnet-0123456789abcdef0" }
      ingress = {
        https = { number = 100, from_port = 443, cidr_ipv4 = "0.0.0.0/0" }
        vpc   = { number = 200, protocol = "-1", cidr_ipv4 = "10.20.0.0/16" }
      }
      egress = {
        answers = { number = 100, ephemeral_ports = true, cidr_ipv4 = "0.0.0.0/0" }
        vpc     = { number = 200, protocol = "-1", cidr_ipv4 = "10.20.0.0/16" }
      }
    }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.network_acl_ids == { for key, acl in aws_network_acl.this : key => acl.id } && length(output.network_acl_ids) > 0
    error_message = "got ${jsonencode(output.network_acl_ids)}"
  }

  assert {
    condition     = output.network_acl_arns == { for key, acl in aws_network_acl.this : key => acl.arn } && length(output.network_acl_arns) > 0
    error_message = "got ${jsonencode(output.network_acl_arns)}"
  }
}
