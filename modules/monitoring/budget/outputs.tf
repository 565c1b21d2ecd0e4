output "anomaly_monitor_arn" {
  description = "ARN of the anomaly monitor; null without one."
  value       = one(aws_ce_anomaly_monitor.this[*].arn)
}

output "budget_names" {
  description = "Name of each budget, keyed as in var.budgets."
  value       = { for key, budget in aws_budgets_budget.this : key => budget.name }
}
