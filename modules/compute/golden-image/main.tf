resource "aws_imagebuilder_image_pipeline" "this" {
  name                             = var.name
  description                      = "Builds, tests and hands out the image ${var.name}."
  image_recipe_arn                 = aws_imagebuilder_image_recipe.this.arn
  infrastructure_configuration_arn = aws_imagebuilder_infrastructure_configuration.this.arn
  distribution_configuration_arn   = aws_imagebuilder_distribution_configuration.this.arn
  execution_role                   = var.execution_role_arn # the service-linked role may not write the parameter
  enhanced_image_metadata_enabled  = true
  status                           = var.paused ? "DISABLED" : "ENABLED"
  tags                             = var.tags

  image_tests_configuration {
    image_tests_enabled = true
    timeout_minutes     = var.test_timeout_minutes
  }

  image_scanning_configuration {
    image_scanning_enabled = var.scanning_enabled
  }

  dynamic "schedule" {
    for_each = var.schedule[*]
    content {
      schedule_expression = schedule.value.expression
      timezone            = schedule.value.timezone
      # A day on which neither parent nor component moved makes no image.
      pipeline_execution_start_condition = "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE"
    }
  }
}

resource "aws_imagebuilder_infrastructure_configuration" "this" {
  name                          = var.name
  description                   = "Where ${var.name} is built."
  instance_profile_name         = var.instance_profile_name
  instance_types                = var.instance_types
  subnet_id                     = var.subnet_id
  security_group_ids            = var.subnet_id == null ? null : var.security_group_ids
  sns_topic_arn                 = var.sns_topic_arn
  terminate_instance_on_failure = true # a failed build is read in its log, not on a machine that keeps costing
  resource_tags                 = var.tags
  tags                          = var.tags

  instance_metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  dynamic "logging" {
    for_each = var.log_bucket_name[*]
    content {
      s3_logs {
        s3_bucket_name = logging.value
        s3_key_prefix  = "imagebuilder/${var.name}"
      }
    }
  }
}
