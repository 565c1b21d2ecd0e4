# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_cloudfront_distribution" {
    defaults = { arn = "arn:aws:cloudfront::111111111111:distribution/E1ACME" }
  }
  mock_resource "aws_cloudwatch_log_delivery_destination" {
    defaults = { arn = "arn:aws:logs:us-east-1:111111111111:delivery-destination:acme" }
  }
}

variables {
  name                    = "acme-dev-storefront"
  single_page_application = true
  access_log              = { bucket_arn = "arn:aws:s3:::acme-dev-platform-logs-111111111111" }

  origins = {
    pages = { domain_name = "acme-dev-storefront-pages-111111111111.s3.us-east-1.amazonaws.com" }
    api   = { domain_name = "api.dev.example.com", kind = "https" }
  }
  default_behavior = { origin = "pages" }
  behaviors = {
    api = { order = 10, path = "/api/*", origin = "api", cache = "none", methods = "all" }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.distribution_arn == aws_cloudfront_distribution.this.arn
    error_message = "got ${jsonencode(output.distribution_arn)}"
  }

  assert {
    condition     = output.distribution_id == aws_cloudfront_distribution.this.id
    error_message = "got ${jsonencode(output.distribution_id)}"
  }

  assert {
    condition     = output.domain_name == aws_cloudfront_distribution.this.domain_name
    error_message = "got ${jsonencode(output.domain_name)}"
  }

  assert {
    condition     = output.hosted_zone_id == aws_cloudfront_distribution.this.hosted_zone_id
    error_message = "got ${jsonencode(output.hosted_zone_id)}"
  }
}
