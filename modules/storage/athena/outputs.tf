output "database_name" {
  description = "Glue database of the tables."
  value       = aws_glue_catalog_database.this.name
}

output "query_ids" {
  description = "Id of each named query, keyed as in var.queries."
  value       = { for key, query in aws_athena_named_query.this : key => query.id }
}

output "table_names" {
  description = "Full name of each table as a query writes it, keyed as in var.tables."
  value       = { for key, table in aws_glue_catalog_table.this : key => "${table.database_name}.${table.name}" }
}

output "workgroup_arn" {
  description = "ARN of the workgroup, by which IAM policies name it."
  value       = aws_athena_workgroup.this.arn
}

output "workgroup_name" {
  description = "Workgroup to run queries in."
  value       = aws_athena_workgroup.this.name
}
