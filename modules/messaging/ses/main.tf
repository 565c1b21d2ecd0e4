resource "aws_sesv2_email_identity" "this" {
  for_each = var.identities

  email_identity         = each.value.identity
  configuration_set_name = aws_sesv2_configuration_set.this.configuration_set_name

  # Easy DKIM concerns a domain: SES makes and rotates the keys, the zone gets three CNAME records.
  dynamic "dkim_signing_attributes" {
    for_each = strcontains(each.value.identity, "@") ? [] : [each.value]
    content {
      next_signing_key_length = dkim_signing_attributes.value.dkim_key_length
    }
  }

  tags = var.tags
}
