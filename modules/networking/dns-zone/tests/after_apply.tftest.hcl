# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name        = "acme-dev-shop"
  domain_name = "shop.dev.example.com"
  parent      = { zone_id = "Z0123456789ABCDEFGHIJ" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.zone_id == aws_route53_zone.this.zone_id
    error_message = "got ${jsonencode(output.zone_id)}"
  }

  assert {
    condition     = output.zone_arn == aws_route53_zone.this.arn
    error_message = "got ${jsonencode(output.zone_arn)}"
  }

  assert {
    condition     = output.name_servers == aws_route53_zone.this.name_servers
    error_message = "got ${jsonencode(output.name_servers)}"
  }

  assert {
    condition     = output.ds_record == one(aws_route53_key_signing_key.this[*].ds_record)
    error_message = "got ${jsonencode(output.ds_record)}"
  }
}
