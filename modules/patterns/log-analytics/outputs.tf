output "bucket_name" {
  description = "Bucket that takes the answers."
  value       = module.answers.bucket_name
}

output "database_name" {
  description = "Glue database of the tables."
  value       = module.athena.database_name
}

output "query_ids" {
  description = "Id of each saved query, keyed <table>-<question> and as in var.queries."
  value       = module.athena.query_ids
}

output "table_names" {
  description = "Full name of each table as a query writes it, keyed as in load_balancer_prefixes and distributions."
  value       = module.athena.table_names
}

output "workgroup_arn" {
  description = "ARN of the workgroup, by which IAM policies name it."
  value       = module.athena.workgroup_arn
}

output "workgroup_name" {
  description = "Workgroup to ask in."
  value       = module.athena.workgroup_name
}
