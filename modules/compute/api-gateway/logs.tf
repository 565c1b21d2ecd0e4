locals {
  # One JSON object a line. No body and no header but the caller's identity, so that the log holds no customer data.
  access_log_format = jsonencode({
    requestId         = "$context.requestId"
    extendedRequestId = "$context.extendedRequestId"
    requestTime       = "$context.requestTime"
    httpMethod        = "$context.httpMethod"
    resourcePath      = "$context.resourcePath"
    status            = "$context.status"
    responseLatency   = "$context.responseLatency"
    integrationError  = "$context.integration.error"
    validationError   = "$context.error.validationErrorString"
    errorMessage      = "$context.error.message"
    caller            = "$context.identity.caller"
    sourceIp          = "$context.identity.sourceIp"
    traceId           = "$context.xrayTraceId"
    wafStatus         = "$context.wafResponseCode"
  })
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${var.name}/${var.stage_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

resource "aws_cloudwatch_log_group" "execution" {
  name              = "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.this.id}/${var.stage_name}" # a fixed name
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}
