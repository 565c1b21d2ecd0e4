resource "aws_ses_template" "this" {
  for_each = var.templates

  name    = "${var.name}-${each.key}"
  subject = each.value.subject
  html    = each.value.html
  text    = each.value.text
}
