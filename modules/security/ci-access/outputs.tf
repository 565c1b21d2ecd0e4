output "provider_arn" {
  description = "ARN of the GitHub OIDC provider, for the next environment of the same account."
  value       = local.provider_arn
}

output "role_arns" {
  description = "ARN of the roles: plan and apply."
  value       = { for key, role in aws_iam_role.this : key => role.arn }
  depends_on  = [aws_iam_role_policy_attachment.this, aws_iam_role_policy.state]
}
