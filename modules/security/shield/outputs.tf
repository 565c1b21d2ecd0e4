output "protection_arns" {
  description = "ARN of each protection, keyed as in var.resources; empty until Shield Advanced is bought."
  value       = { for key, protection in aws_shield_protection.this : key => protection.arn }
}
