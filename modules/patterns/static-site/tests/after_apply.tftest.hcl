# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_cloudfront_distribution" {
    defaults = { arn = "arn:aws:cloudfront::111111111111:distribution/E1ACME" }
  }
  mock_resource "aws_cloudwatch_log_delivery_destination" {
    defaults = { arn = "arn:aws:logs:us-east-1:111111111111:delivery-destination:acme" }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:us-east-1:111111111111:global/webacl/acme/0f1e2d3c-0000-4000-8000-000000000001" }
  }
  mock_resource "aws_acm_certificate" {
    defaults = { arn = "arn:aws:acm:us-east-1:111111111111:certificate/0f1e2d3c-0000-4000-8000-000000000001" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name              = "acme-dev-storefront"
  account_id        = "111111111111"
  access_log_bucket = { arn = "arn:aws:s3:::acme-dev-platform-logs-111111111111", name = "acme-dev-platform-logs-111111111111" }
  web_acl           = { arn = "arn:aws:wafv2:us-east-1:111111111111:global/webacl/acme-dev-storefront/1234abcd-12ab-34cd-56ef-1234567890ab" }

  aliases         = ["shop.dev.example.com", "www.shop.dev.example.com"]
  certificate_arn = "arn:aws:acm:us-east-1:111111111111:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  zone            = { zone_id = "Z0123456789ABCDEFGHIJ", domain_name = "shop.dev.example.com" }

  apis = { cart = { domain_name = "api.shop.dev.example.com", path = "/api/*" } }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.bucket_arn == module.pages.bucket_arn
    error_message = "got ${jsonencode(output.bucket_arn)}"
  }

  assert {
    condition     = output.bucket_name == module.pages.bucket_name
    error_message = "got ${jsonencode(output.bucket_name)}"
  }

  assert {
    condition     = output.distribution_arn == module.distribution.distribution_arn
    error_message = "got ${jsonencode(output.distribution_arn)}"
  }

  assert {
    condition     = output.distribution_id == module.distribution.distribution_id
    error_message = "got ${jsonencode(output.distribution_id)}"
  }

  assert {
    condition     = output.domain_name == module.distribution.domain_name
    error_message = "got ${jsonencode(output.domain_name)}"
  }

  assert {
    condition     = output.hosted_zone_id == module.distribution.hosted_zone_id
    error_message = "got ${jsonencode(output.hosted_zone_id)}"
  }
}
