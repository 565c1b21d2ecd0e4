resource "aws_appconfig_deployment_strategy" "this" {
  name                           = var.name
  description                    = "${var.rollout.step_percent} % of the readers after the other, within ${var.rollout.minutes} minutes."
  deployment_duration_in_minutes = var.rollout.minutes
  final_bake_time_in_minutes     = var.rollout.watched_minutes
  growth_factor                  = var.rollout.step_percent
  growth_type                    = "LINEAR"
  replicate_to                   = "NONE"
  tags                           = var.tags
}

resource "aws_appconfig_deployment" "this" {
  application_id           = aws_appconfig_application.this.id
  environment_id           = aws_appconfig_environment.this.environment_id
  configuration_profile_id = aws_appconfig_configuration_profile.this.configuration_profile_id
  configuration_version    = aws_appconfig_hosted_configuration_version.this.version_number
  deployment_strategy_id   = aws_appconfig_deployment_strategy.this.id
  description              = "Rolled out by Terraform."
  kms_key_identifier       = var.kms_key_arn
  tags                     = var.tags
}
