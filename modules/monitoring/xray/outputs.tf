output "group_arns" {
  description = "ARN of each group, keyed as in var.groups."
  value       = { for key, group in aws_xray_group.this : key => group.arn }
}

output "group_names" {
  description = "Name of each group, keyed as in var.groups: the dimension of its metrics."
  value       = { for key, group in aws_xray_group.this : key => group.group_name }
}

output "sampling_rule_arns" {
  description = "ARN of each sampling rule, keyed as in var.sampling_rules."
  value       = { for key, rule in aws_xray_sampling_rule.this : key => rule.arn }
}
