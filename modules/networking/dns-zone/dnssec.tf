resource "aws_route53_key_signing_key" "this" {
  count = var.dnssec == null ? 0 : 1

  hosted_zone_id             = aws_route53_zone.this.zone_id
  key_management_service_arn = var.dnssec.key_arn
  # Route 53 takes letters, digits and underscores here.
  name = replace(var.name, "/[^a-zA-Z0-9]/", "_")
}

resource "aws_route53_hosted_zone_dnssec" "this" {
  count = var.dnssec == null ? 0 : 1

  hosted_zone_id = aws_route53_key_signing_key.this[0].hosted_zone_id
}
