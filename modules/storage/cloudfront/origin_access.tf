# CloudFront signs its requests, so that a bucket can let in this distribution and nobody else.
resource "aws_cloudfront_origin_access_control" "this" {
  count = anytrue([for origin in var.origins : origin.kind == "s3"]) ? 1 : 0

  name                              = var.name
  description                       = "Reads the buckets of ${var.name}"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}
