output "security_group_ids" {
  description = "Id of each security group, keyed as in groups."
  value       = { for key, group in aws_security_group.this : key => group.id }
}

output "security_group_arns" {
  description = "ARN of each security group, keyed as in groups."
  value       = { for key, group in aws_security_group.this : key => group.arn }
}
