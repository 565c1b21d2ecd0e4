output "certificate_arn" {
  description = "ARN of the certificate, known once it is issued."
  value       = aws_acm_certificate_validation.this.certificate_arn
}

output "domains" {
  description = "Every domain of the certificate."
  value       = sort(concat([var.domain_name], tolist(var.alternative_names)))
}
