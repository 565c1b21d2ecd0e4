resource "aws_api_gateway_stage" "this" {
  rest_api_id          = aws_api_gateway_rest_api.this.id
  deployment_id        = aws_api_gateway_deployment.this.id
  stage_name           = var.stage_name
  variables            = local.stage_variables
  xray_tracing_enabled = var.tracing_enabled
  tags                 = var.tags

  cache_cluster_enabled = var.cache != null
  cache_cluster_size    = var.cache == null ? null : tostring(var.cache.size_gb)
  client_certificate_id = one([for name in var.client_certificates[*].presented : aws_api_gateway_client_certificate.back_end[name].id])

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format          = local.access_log_format
  }

  dynamic "canary_settings" {
    for_each = var.canary[*]
    content {
      deployment_id            = aws_api_gateway_deployment.this.id
      percent_traffic          = canary_settings.value.percent
      stage_variable_overrides = canary_settings.value.stage_variables
    }
  }

  # The execution log must exist first, with a retention: API Gateway would make it without.
  depends_on = [aws_cloudwatch_log_group.execution]
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    logging_level          = var.execution_log_level
    data_trace_enabled     = false # it would write whole requests and answers into the log
    throttling_rate_limit  = var.throttling.rate
    throttling_burst_limit = var.throttling.burst

    caching_enabled      = local.every_cached_seconds > 0
    cache_ttl_in_seconds = local.every_cached_seconds > 0 ? local.every_cached_seconds : null
    cache_data_encrypted = true
    # Whoever may not empty the cache is told so in a header and answered from it: a browser asks for that by itself.
    require_authorization_for_cache_control    = true
    unauthorized_cache_control_header_strategy = "SUCCEED_WITH_RESPONSE_HEADER"
  }
}

resource "aws_api_gateway_method_settings" "one" {
  for_each = local.method_settings

  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  # "GET /books/{book_id}" is written ~1books~1{book_id}/GET here, as API Gateway gives it back: hashicorp/terraform-provider-aws#9738.
  method_path = "${replace(split(" ", each.key)[1], "/", "~1")}/${split(" ", each.key)[0]}"

  settings {
    metrics_enabled        = true
    logging_level          = var.execution_log_level
    data_trace_enabled     = false
    throttling_rate_limit  = each.value.throttling.rate
    throttling_burst_limit = each.value.throttling.burst

    caching_enabled                            = each.value.cached_seconds > 0
    cache_ttl_in_seconds                       = each.value.cached_seconds > 0 ? each.value.cached_seconds : null
    cache_data_encrypted                       = true
    require_authorization_for_cache_control    = true
    unauthorized_cache_control_header_strategy = "SUCCEED_WITH_RESPONSE_HEADER"
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count = var.web_acl == null ? 0 : 1

  resource_arn = aws_api_gateway_stage.this.arn
  web_acl_arn  = var.web_acl.arn
}
