resource "aws_ebs_encryption_by_default" "this" {
  count = var.ebs_encryption == null ? 0 : 1

  enabled = true
}

resource "aws_ebs_default_kms_key" "this" {
  count = var.ebs_encryption == null ? 0 : var.ebs_encryption.kms_key == null ? 0 : 1

  key_arn = var.ebs_encryption.kms_key.arn
}

resource "aws_ec2_instance_metadata_defaults" "this" {
  count = var.instance_metadata == null ? 0 : 1

  http_endpoint               = "enabled"
  http_tokens                 = "required"
  http_put_response_hop_limit = var.instance_metadata.hop_limit
  instance_metadata_tags      = var.instance_metadata.tags ? "enabled" : "disabled"
}

resource "aws_vpc_block_public_access_options" "this" {
  count = var.vpc_block_public_access == null ? 0 : 1

  internet_gateway_block_mode = var.vpc_block_public_access.mode
}

resource "aws_ecr_registry_scanning_configuration" "this" {
  count = var.ecr_scanning == null ? 0 : 1

  scan_type = var.ecr_scanning.type

  rule {
    scan_frequency = var.ecr_scanning.type == "ENHANCED" ? "CONTINUOUS_SCAN" : "SCAN_ON_PUSH"

    repository_filter {
      filter      = var.ecr_scanning.repositories
      filter_type = "WILDCARD"
    }
  }
}

resource "aws_xray_encryption_config" "this" {
  count = var.xray_encryption == null ? 0 : 1

  type   = "KMS"
  key_id = var.xray_encryption.kms_key_arn
}
