data "aws_default_tags" "current" {}

locals {
  # What an Auto Scaling group launches does not get the provider's default tags by itself.
  launch_tags = merge(data.aws_default_tags.current.tags, var.tags, { Name = var.name })
}

resource "aws_launch_template" "this" {
  name          = var.name
  description   = "Instances of ${var.name}."
  image_id      = var.ami.id != null ? var.ami.id : "resolve:ssm:${var.ami.parameter_name}" # EC2 reads the parameter at each launch
  ebs_optimized = true
  user_data     = var.user_data == null ? null : base64encode(var.user_data)
  tags          = var.tags

  # No key pair: people come in by Session Manager, whose permissions are in the profile's role.
  iam_instance_profile {
    name = var.instance_profile_name
  }

  vpc_security_group_ids = var.security_group_ids

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required" # IMDSv2: a forged request that the application relays finds no credentials
    http_put_response_hop_limit = 1          # and a container on the instance none either
    instance_metadata_tags      = "enabled"
  }

  monitoring {
    enabled = true # one-minute metrics, which scaling reads
  }

  dynamic "block_device_mappings" {
    for_each = merge({ (var.root_device_name) = var.root_volume }, var.data_volumes)
    content {
      device_name = block_device_mappings.key
      ebs {
        volume_type           = "gp3"
        volume_size           = block_device_mappings.value.size_gb
        iops                  = block_device_mappings.value.iops
        throughput            = block_device_mappings.value.throughput_mb
        encrypted             = true
        kms_key_id            = var.kms_key_arn
        delete_on_termination = true
      }
    }
  }

  dynamic "tag_specifications" {
    for_each = toset(["instance", "volume", "network-interface"])
    content {
      resource_type = tag_specifications.value
      tags          = local.launch_tags
    }
  }
}
