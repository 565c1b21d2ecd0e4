resource "aws_appconfig_application" "this" {
  name        = var.name
  description = var.description
  tags        = var.tags
}

resource "aws_appconfig_environment" "this" {
  name           = var.environment_name
  description    = "Where ${var.name} reads its flags."
  application_id = aws_appconfig_application.this.id
  tags           = var.tags

  # AppConfig takes a rollout back while one of these rings.
  dynamic "monitor" {
    for_each = var.rollback_alarms == null ? {} : var.rollback_alarms.arns

    content {
      alarm_arn      = monitor.value
      alarm_role_arn = var.rollback_alarms.role_arn
    }
  }
}

resource "aws_appconfig_configuration_profile" "this" {
  name               = "flags"
  description        = "Switches and A/B tests of ${var.name}."
  application_id     = aws_appconfig_application.this.id
  location_uri       = "hosted"
  type               = "AWS.AppConfig.FeatureFlags"
  kms_key_identifier = var.kms_key_arn
  tags               = var.tags
}
