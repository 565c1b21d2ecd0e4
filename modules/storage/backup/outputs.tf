output "plan_arns" {
  description = "ARN of each plan, keyed as in var.plans."
  value       = { for key, plan in aws_backup_plan.this : key => plan.arn }
}

output "role_arn" {
  description = "ARN of the role that backs up and restores, which a restore by hand names; null without plans."
  value       = one(aws_iam_role.this[*].arn)
}

output "vault_arn" {
  description = "ARN of the vault, which a plan elsewhere names to copy into it; its policy stands by then."
  value       = aws_backup_vault.this.arn
  depends_on  = [aws_backup_vault_policy.this]
}

output "vault_name" {
  description = "Name of the vault."
  value       = aws_backup_vault.this.name
}
