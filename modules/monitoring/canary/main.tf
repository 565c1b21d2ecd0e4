resource "aws_synthetics_canary" "this" {
  name                 = var.name
  runtime_version      = var.runtime_version
  handler              = var.handler
  execution_role_arn   = var.role_arn
  artifact_s3_location = "s3://${var.artifacts.bucket_name}/${var.artifacts.prefix}"

  # From S3 by version: of a zip beside the root module the provider would not notice new contents.
  s3_bucket  = var.code.bucket_name
  s3_key     = var.code.key
  s3_version = var.code.version_id

  start_canary             = !var.paused
  delete_lambda            = true # else the function that Synthetics makes outlives its canary
  success_retention_period = var.artifacts.success_retention_days
  failure_retention_period = var.artifacts.failure_retention_days

  schedule {
    expression = var.schedule_expression
  }

  run_config {
    timeout_in_seconds    = var.timeout_seconds
    memory_in_mb          = var.memory_mb
    active_tracing        = var.trace
    environment_variables = var.environment
  }

  artifact_config {
    s3_encryption {
      encryption_mode = var.kms_key_arn == null ? "SSE_S3" : "SSE_KMS"
      kms_key_arn     = var.kms_key_arn
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  tags = var.tags
}
