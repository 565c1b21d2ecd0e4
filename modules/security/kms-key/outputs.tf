output "alias_names" {
  description = "Alias of each key, with its alias/ in front, keyed as in var.keys."
  value       = { for key, alias in aws_kms_alias.this : key => alias.name }
}

output "key_arns" {
  description = "ARN of each key, keyed as in var.keys."
  value       = { for key, created in local.keys : key => created.arn }
}

output "key_ids" {
  description = "Id of each key, keyed as in var.keys."
  value       = { for key, created in local.keys : key => created.key_id }
}
