output "fqdns" {
  description = "Whole name of each record, keyed as in records."
  value       = { for key, record in aws_route53_record.this : key => record.fqdn }
}

output "health_check_ids" {
  description = "Id of each health check, keyed as in health_checks."
  value       = { for key, check in aws_route53_health_check.this : key => check.id }
}
