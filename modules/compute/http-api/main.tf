resource "aws_apigatewayv2_api" "this" {
  name                         = var.name
  description                  = var.description
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = var.disable_execute_api_endpoint
  tags                         = var.tags

  dynamic "cors_configuration" {
    for_each = var.cors[*]
    content {
      allow_origins     = cors_configuration.value.allow_origins
      allow_methods     = cors_configuration.value.allow_methods
      allow_headers     = cors_configuration.value.allow_headers
      expose_headers    = cors_configuration.value.expose_headers
      allow_credentials = cors_configuration.value.allow_credentials
      max_age           = cors_configuration.value.max_age_seconds
    }
  }
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default" # no stage in the path; a change of a route is live at once
  auto_deploy = true
  tags        = var.tags

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format          = local.access_log_format
  }

  default_route_settings {
    detailed_metrics_enabled = true
    throttling_rate_limit    = var.throttling.rate
    throttling_burst_limit   = var.throttling.burst
  }

  dynamic "route_settings" {
    for_each = { for key, route in var.routes : key => route.throttling if route.throttling != null }
    content {
      route_key                = route_settings.key
      detailed_metrics_enabled = true
      throttling_rate_limit    = route_settings.value.rate
      throttling_burst_limit   = route_settings.value.burst
    }
  }

  # Settings of a route need the route.
  depends_on = [aws_apigatewayv2_route.this]
}
