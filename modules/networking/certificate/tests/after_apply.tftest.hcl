# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_acm_certificate" {
    defaults = {
      domain_validation_options = [
        { domain_name = "shop.example.com", resource_record_name = "_a.shop.example.com", resource_record_type = "CNAME", resource_record_value = "_a.acm-validations.aws" },
        { domain_name = "www.shop.example.com", resource_record_name = "_b.www.shop.example.com", resource_record_type = "CNAME", resource_record_value = "_b.acm-validations.aws" },
      ]
    }
  }
}

variables {
  name              = "acme-dev-shop"
  zone_id           = "Z0123456789ABCDEFGHIJ"
  domain_name       = "shop.example.com"
  alternative_names = ["www.shop.example.com"]
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.certificate_arn == aws_acm_certificate_validation.this.certificate_arn
    error_message = "got ${jsonencode(output.certificate_arn)}"
  }

  assert {
    condition     = { for domain, record in aws_route53_record.validation : domain => one(record.records) } == { "shop.example.com" = "_a.acm-validations.aws", "www.shop.example.com" = "_b.acm-validations.aws" }
    error_message = "got ${jsonencode(aws_route53_record.validation)}"
  }
}
