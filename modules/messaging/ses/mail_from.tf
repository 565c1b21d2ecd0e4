locals {
  with_mail_from = { for key, identity in var.identities : key => identity if identity.mail_from != null }
}

# A return path under the sender's own domain, so that SPF aligns with the From header for DMARC.
resource "aws_sesv2_email_identity_mail_from_attributes" "this" {
  for_each = local.with_mail_from

  email_identity         = aws_sesv2_email_identity.this[each.key].email_identity
  mail_from_domain       = "${each.value.mail_from.subdomain}.${each.value.identity}"
  behavior_on_mx_failure = each.value.mail_from.reject_without_mx ? "REJECT_MESSAGE" : "USE_DEFAULT_VALUE"
}

# Read without a call: the MX record of a return path names the region.
data "aws_region" "current" {}
