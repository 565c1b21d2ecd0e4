output "application_id" {
  description = "Id of the application, which a reader names."
  value       = aws_appconfig_application.this.id
}

output "environment_id" {
  description = "Id of the environment, which a reader names."
  value       = aws_appconfig_environment.this.environment_id
}

output "profile_id" {
  description = "Id of the configuration profile, which a reader names."
  value       = aws_appconfig_configuration_profile.this.configuration_profile_id
}

output "configuration_arn" {
  description = "ARN by which an IAM policy lets a reader have the flags (appconfig:StartConfigurationSession and GetLatestConfiguration)."
  value       = "${aws_appconfig_environment.this.arn}/configuration/${aws_appconfig_configuration_profile.this.configuration_profile_id}"
}
