data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  _here = "arn:${data.aws_partition.current.partition}:imagebuilder:${data.aws_region.current.name}"

  # A recipe or component can never change, only have another version. Its content decides the last number, so an edit
  # makes a new one by itself and nobody forgets to count up. 7 hex digits stay below Image Builder's limit of 2^30.
  component_versions = { for key, document in var.components : key => "1.0.${parseint(substr(sha1(document), 0, 7), 16)}" }
  recipe_version     = "1.0.${parseint(substr(sha1(jsonencode([var.parent_image, var.managed_components, var.components, var.root_volume, var.kms_key_arn])), 0, 7), 16)}"
}

resource "aws_imagebuilder_component" "this" {
  for_each = var.components

  name       = "${var.name}-${each.key}"
  platform   = "Linux"
  version    = local.component_versions[each.key]
  data       = each.value
  kms_key_id = var.kms_key_arn
  tags       = var.tags

  lifecycle {
    create_before_destroy = true # the recipe leaves the old one first
  }
}

resource "aws_imagebuilder_image_recipe" "this" {
  name         = var.name
  description  = "What goes into ${var.name}."
  parent_image = var.parent_image
  version      = local.recipe_version
  tags         = var.tags

  dynamic "component" {
    for_each = concat(
      [for name in var.managed_components : "${local._here}:aws:component/${name}/x.x.x"],
      [for key in sort(keys(var.components)) : aws_imagebuilder_component.this[key].arn],
    )
    content {
      component_arn = component.value
    }
  }

  block_device_mapping {
    device_name = var.root_volume.device_name
    ebs {
      volume_type           = "gp3"
      volume_size           = var.root_volume.size_gb
      encrypted             = true
      kms_key_id            = var.kms_key_arn
      delete_on_termination = true
    }
  }

  systems_manager_agent {
    uninstall_after_build = false # Session Manager is the only way into our instances
  }

  lifecycle {
    create_before_destroy = true # the pipeline leaves the old one first
  }
}
