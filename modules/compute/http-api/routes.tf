resource "aws_apigatewayv2_integration" "this" {
  for_each = var.integrations

  api_id                 = aws_apigatewayv2_api.this.id
  description            = each.key
  integration_type       = each.value.function_arn == null ? "HTTP_PROXY" : "AWS_PROXY"
  integration_method     = each.value.function_arn == null ? "ANY" : "POST" # how Lambda is called, whatever the route's method
  integration_uri        = coalesce(each.value.function_arn, each.value.listener_arn, each.value.url)
  payload_format_version = each.value.function_arn == null ? "1.0" : "2.0"
  timeout_milliseconds   = each.value.timeout_ms
  connection_type        = each.value.listener_arn == null ? "INTERNET" : "VPC_LINK"
  connection_id          = each.value.listener_arn == null ? null : one(aws_apigatewayv2_vpc_link.this[*].id)

  dynamic "tls_config" {
    for_each = each.value.tls_server_name[*]
    content {
      server_name_to_verify = tls_config.value
    }
  }
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  count = var.jwt_authorizer == null ? 0 : 1

  api_id           = aws_apigatewayv2_api.this.id
  name             = "${var.name}-jwt"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.jwt_authorizer.issuer
    audience = var.jwt_authorizer.audience
  }
}

locals {
  # Nothing is open but what is named: a token where there is an authorizer, else a signed request.
  authorization = { for key, route in var.routes : key =>
    contains(var.public_routes, key) ? "NONE" : coalesce(route.authorization, var.jwt_authorizer == null ? "AWS_IAM" : "JWT")
  }
}

resource "aws_apigatewayv2_route" "this" {
  for_each = var.routes

  api_id               = aws_apigatewayv2_api.this.id
  route_key            = each.key
  target               = "integrations/${aws_apigatewayv2_integration.this[each.value.integration].id}"
  authorization_type   = local.authorization[each.key]
  authorizer_id        = local.authorization[each.key] == "JWT" ? one(aws_apigatewayv2_authorizer.jwt[*].id) : null
  authorization_scopes = local.authorization[each.key] == "JWT" ? each.value.scopes : null
}
