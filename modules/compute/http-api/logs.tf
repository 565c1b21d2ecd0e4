locals {
  # One JSON object a line, without bodies, query strings and tokens.
  access_log_format = jsonencode({
    requestId        = "$context.requestId"
    requestTime      = "$context.requestTime"
    routeKey         = "$context.routeKey"
    status           = "$context.status"
    responseLatency  = "$context.responseLatency"
    integrationError = "$context.integrationErrorMessage"
    authorizerError  = "$context.authorizer.error"
    errorMessage     = "$context.error.message"
    sourceIp         = "$context.identity.sourceIp"
  })
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/http-api/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}
