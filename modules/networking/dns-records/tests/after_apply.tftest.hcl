# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name        = "acme-dev-shop"
  zone_id     = "Z0123456789ABCDEFGHIJ"
  domain_name = "shop.example.com"

  records = {
    apex = {
      name  = ""
      type  = "A"
      alias = { dns_name = "acme-dev-shop-1.us-east-1.elb.amazonaws.com", zone_id = "Z35SXDOTRQ7X7K" }
    }
    www = {
      name  = "www"
      type  = "A"
      alias = { dns_name = "acme-dev-shop-1.us-east-1.elb.amazonaws.com", zone_id = "Z35SXDOTRQ7X7K" }
    }
    main = {
      name         = "api"
      type         = "CNAME"
      values       = ["main.example.net"]
      failover     = "PRIMARY"
      health_check = "main"
    }
    spare       = { name = "api", type = "CNAME", values = ["spare.example.net"], failover = "SECONDARY" }
    mail-policy = { name = "", type = "TXT", values = ["v=spf1 -all"] }
  }
  health_checks = { main = { host = "main.example.net" } }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.fqdns == { for key, record in aws_route53_record.this : key => record.fqdn } && length(output.fqdns) > 0
    error_message = "got ${jsonencode(output.fqdns)}"
  }

  assert {
    condition     = output.health_check_ids == { for key, check in aws_route53_health_check.this : key => check.id } && length(output.health_check_ids) > 0
    error_message = "got ${jsonencode(output.health_check_ids)}"
  }

  assert {
    condition     = aws_route53_record.this["main"].health_check_id == aws_route53_health_check.this["main"].id
    error_message = "got ${aws_route53_record.this["main"].health_check_id}"
  }
}
