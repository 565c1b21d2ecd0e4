output "zone_id" {
  description = "Id of the zone."
  value       = aws_route53_zone.this.zone_id
}

output "zone_arn" {
  description = "ARN of the zone."
  value       = aws_route53_zone.this.arn
}

output "domain_name" {
  description = "Domain that the zone answers for."
  value       = aws_route53_zone.this.name
}

output "name_servers" {
  description = "Name servers to enter with the parent domain or the registrar."
  value       = aws_route53_zone.this.name_servers
}

output "ds_record" {
  description = "DS record for the parent domain; null without DNSSEC."
  value       = one(aws_route53_key_signing_key.this[*].ds_record)
}
