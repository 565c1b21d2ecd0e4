output "role_arns" {
  description = "ARN of each role, keyed as in var.roles; known to callers once the role's policies are in place."
  value       = { for key, role in aws_iam_role.this : key => role.arn }
  depends_on  = [aws_iam_role_policy.this, aws_iam_role_policy_attachment.managed]
}

output "role_names" {
  description = "Name of each role, keyed as in var.roles."
  value       = { for key, role in aws_iam_role.this : key => role.name }
  depends_on  = [aws_iam_role_policy.this, aws_iam_role_policy_attachment.managed]
}

output "instance_profile_names" {
  description = "Name of each instance profile, keyed as in var.roles."
  value       = { for key, profile in aws_iam_instance_profile.this : key => profile.name }
}
