locals {
  parameter_name = "/${var.name}/latest-image"
}

resource "aws_imagebuilder_distribution_configuration" "this" {
  name        = var.name
  description = "Where ${var.name} goes."
  tags        = var.tags

  dynamic "distribution" {
    for_each = var.regions
    content {
      region = distribution.key

      ami_distribution_configuration {
        name       = "${var.name}-{{ imagebuilder:buildDate }}"
        kms_key_id = distribution.value.kms_key_arn
        ami_tags   = var.tags

        dynamic "launch_permission" {
          for_each = length(distribution.value.launch_account_ids) > 0 ? [distribution.value.launch_account_ids] : []
          content {
            user_ids = launch_permission.value
          }
        }
      }

      # Made by the first build, in every region; EC2 checks that it holds an image.
      ssm_parameter_configuration {
        parameter_name = local.parameter_name
        data_type      = "aws:ec2:image"
      }
    }
  }
}
