resource "aws_lambda_function" "this" {
  function_name = var.name
  description   = var.description
  role          = var.role_arn

  filename                = var.package.filename
  source_code_hash        = filebase64sha256(var.package.filename)
  handler                 = var.package.handler
  runtime                 = var.package.runtime
  architectures           = [var.package.architecture]
  layers                  = var.package.layer_arns
  code_signing_config_arn = var.package.code_signing_config_arn
  publish                 = true

  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = coalesce(var.concurrency.reserved, -1) # -1 is the provider's word for none
  kms_key_arn                    = var.kms_key_arn
  tags                           = var.tags

  ephemeral_storage {
    size = var.ephemeral_storage_mb
  }

  logging_config {
    log_format            = "JSON"
    log_group             = aws_cloudwatch_log_group.this.name
    application_log_level = var.log_level
    system_log_level      = "INFO" # what Lambda itself says of starts and timeouts; WARN would hide them
  }

  tracing_config {
    mode = var.tracing_mode
  }

  dynamic "dead_letter_config" {
    for_each = var.dead_letter[*]
    content {
      target_arn = dead_letter_config.value.arn
    }
  }

  dynamic "environment" {
    # An empty block would show as a change on every plan.
    for_each = length(var.environment) + length(var.secret_arns) > 0 ? [merge(var.environment, var.secret_arns)] : []
    content {
      variables = environment.value
    }
  }

  dynamic "vpc_config" {
    for_each = length(var.subnet_ids) > 0 ? [var.subnet_ids] : []
    content {
      subnet_ids         = vpc_config.value
      security_group_ids = var.security_group_ids
    }
  }
}
