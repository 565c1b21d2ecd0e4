output "policy_arns" {
  description = "ARN of each policy, keyed as in var.policies."
  value       = { for key, policy in aws_iam_policy.this : key => policy.arn }
}

output "policy_documents" {
  description = "JSON of each policy, keyed as in var.policies."
  value       = { for key, policy in aws_iam_policy.this : key => policy.policy }
}

output "policy_names" {
  description = "Name of each policy, keyed as in var.policies."
  value       = { for key, policy in aws_iam_policy.this : key => policy.name }
}
