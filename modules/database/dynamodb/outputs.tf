output "stream_arn" {
  description = "ARN of the table's stream; null without one."
  value       = var.stream_view_type == null ? null : aws_dynamodb_table.this.stream_arn
}

output "table_arn" {
  description = "ARN of the table."
  value       = aws_dynamodb_table.this.arn
}

output "table_name" {
  description = "Name of the table, known once the table is active."
  value       = aws_dynamodb_table.this.name
}
