# What the delegated administrator's account says for the organization. To remove it changes nothing in any account.
resource "aws_guardduty_organization_configuration" "this" {
  count = var.organization == null ? 0 : 1

  detector_id                      = aws_guardduty_detector.this.id
  auto_enable_organization_members = var.organization.auto_enable
}

resource "aws_guardduty_organization_configuration_feature" "this" {
  for_each = var.organization == null ? {} : var.organization.features

  # Not the detector's own: a feature is set together with what was said of the accounts, so that comes first.
  detector_id = aws_guardduty_organization_configuration.this[0].detector_id
  name        = each.key
  auto_enable = each.value

  dynamic "additional_configuration" {
    for_each = lookup(local.agents, each.key, [])

    content {
      name        = additional_configuration.value
      auto_enable = contains(lookup(var.features, each.key, []), additional_configuration.value) ? each.value : "NONE"
    }
  }
}
