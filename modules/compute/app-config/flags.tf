locals {
  # The document of AppConfig's own flag format: what a flag is called, and the value of each of its attributes.
  # https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html
  document = {
    version = "1"
    flags = { for key, flag in var.flags : key => {
      name        = key
      description = flag.description
      attributes = { for attribute in keys(flag.attributes) : attribute => {
        constraints = { type = "string", required = true }
      } }
    } }
    values = { for key, flag in var.flags : key => merge(
      { enabled = flag.enabled },
      flag.attributes,
    ) }
  }
}

resource "aws_appconfig_hosted_configuration_version" "this" {
  application_id           = aws_appconfig_application.this.id
  configuration_profile_id = aws_appconfig_configuration_profile.this.configuration_profile_id
  description              = "Written by Terraform."
  content                  = jsonencode(local.document)
  content_type             = "application/json"

  lifecycle {
    # A version that is rolled out cannot be deleted before another one is.
    create_before_destroy = true
  }
}
