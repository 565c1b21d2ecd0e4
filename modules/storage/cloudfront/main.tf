resource "aws_cloudfront_distribution" "this" {
  enabled             = true
  comment             = var.name
  aliases             = var.aliases
  default_root_object = var.default_root_object
  http_version        = "http2and3"
  is_ipv6_enabled     = true
  price_class         = var.price_class
  web_acl_id          = one(var.web_acl[*].arn)
  wait_for_deployment = true
  tags                = var.tags

  dynamic "origin" {
    for_each = var.origins

    content {
      origin_id                = origin.key
      domain_name              = origin.value.domain_name
      origin_path              = origin.value.path
      origin_access_control_id = origin.value.kind == "s3" ? aws_cloudfront_origin_access_control.this[0].id : null

      dynamic "custom_origin_config" {
        for_each = origin.value.kind == "https" ? [origin.value] : []

        content {
          http_port              = 80
          https_port             = 443
          origin_protocol_policy = "https-only"
          origin_ssl_protocols   = ["TLSv1.2"]
        }
      }
    }
  }

  # A behaviour asks a group instead of its first member: CloudFront turns to the second where the first one fails.
  dynamic "origin_group" {
    for_each = { for key, origin in var.origins : key => origin.failover if origin.failover != null }

    content {
      origin_id = local.targets[origin_group.key]

      failover_criteria {
        status_codes = origin_group.value.status_codes
      }

      member {
        origin_id = origin_group.key
      }

      member {
        origin_id = origin_group.value.origin
      }
    }
  }

  default_cache_behavior {
    target_origin_id           = local.targets[var.default_behavior.origin]
    allowed_methods            = local.methods[var.default_behavior.methods]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    viewer_protocol_policy     = "redirect-to-https"
    cache_policy_id            = local.cache_policies[var.default_behavior.cache]
    origin_request_policy_id   = local.request_policies[var.default_behavior.cache]
    response_headers_policy_id = aws_cloudfront_response_headers_policy.this.id

    dynamic "function_association" {
      for_each = var.default_behavior.functions

      content {
        event_type   = function_association.key
        function_arn = aws_cloudfront_function.this[function_association.value].arn
      }
    }
  }

  # CloudFront takes the first pattern that fits, so the order is the caller's: by `order`, not by key.
  dynamic "ordered_cache_behavior" {
    for_each = local.ordered_behaviors

    content {
      path_pattern               = ordered_cache_behavior.value.path
      target_origin_id           = local.targets[ordered_cache_behavior.value.origin]
      allowed_methods            = local.methods[ordered_cache_behavior.value.methods]
      cached_methods             = ["GET", "HEAD"]
      compress                   = true
      viewer_protocol_policy     = "redirect-to-https"
      cache_policy_id            = local.cache_policies[ordered_cache_behavior.value.cache]
      origin_request_policy_id   = local.request_policies[ordered_cache_behavior.value.cache]
      response_headers_policy_id = aws_cloudfront_response_headers_policy.this.id

      dynamic "function_association" {
        for_each = ordered_cache_behavior.value.functions

        content {
          event_type   = function_association.key
          function_arn = aws_cloudfront_function.this[function_association.value].arn
        }
      }
    }
  }

  # A page of a single-page application lives at every path; the bucket says 403 for what it does not hold.
  dynamic "custom_error_response" {
    for_each = var.single_page_application ? toset(["403", "404"]) : toset([])

    content {
      error_code            = tonumber(custom_error_response.key)
      response_code         = 200
      response_page_path    = "/${var.default_root_object}"
      error_caching_min_ttl = 10
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = length(var.allowed_countries) > 0 ? "whitelist" : "none"
      locations        = var.allowed_countries
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.certificate_arn == null
    acm_certificate_arn            = var.certificate_arn
    # Without an own certificate CloudFront's is used, which fixes the oldest version at TLSv1.
    minimum_protocol_version = var.certificate_arn == null ? null : "TLSv1.2_2021"
    ssl_support_method       = var.certificate_arn == null ? null : "sni-only"
  }
}
