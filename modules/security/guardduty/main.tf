resource "aws_guardduty_detector" "this" {
  enable                       = true
  finding_publishing_frequency = var.finding_publishing_frequency
  tags                         = var.tags
}

resource "aws_guardduty_detector_feature" "this" {
  for_each = var.features

  detector_id = aws_guardduty_detector.this.id
  name        = each.key
  status      = "ENABLED"

  dynamic "additional_configuration" {
    for_each = lookup(local.agents, each.key, [])

    content {
      name   = additional_configuration.value
      status = contains(each.value, additional_configuration.value) ? "ENABLED" : "DISABLED"
    }
  }
}

locals {
  # AWS answers with every agent of a feature, in this order; what says less, or in another one, is changed by every plan:
  # https://github.com/hashicorp/terraform-provider-aws/issues/36400
  agents = {
    EKS_RUNTIME_MONITORING = ["EKS_ADDON_MANAGEMENT"]
    RUNTIME_MONITORING     = ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"]
  }
}
