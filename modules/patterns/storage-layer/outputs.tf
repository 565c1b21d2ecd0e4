output "bucket_arns" {
  description = "ARN of each bucket, keyed as in var.buckets."
  value       = { for key, bucket in module.bucket : key => bucket.bucket_arn }
}

output "bucket_names" {
  description = "Name of each bucket, keyed as in var.buckets."
  value       = { for key, bucket in module.bucket : key => bucket.bucket_name }
}

output "table_arns" {
  description = "ARN of each table, keyed as in var.tables."
  value       = { for key, table in module.table : key => table.table_arn }
}

output "table_names" {
  description = "Name of each table, keyed as in var.tables."
  value       = { for key, table in module.table : key => table.table_name }
}

output "table_stream_arns" {
  description = "ARN of each table's stream, keyed as in var.tables; null for a table without one."
  value       = { for key, table in module.table : key => table.stream_arn }
}
