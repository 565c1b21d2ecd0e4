output "query_ids" {
  description = "Id of each saved query, keyed as in var.queries."
  value       = { for key, query in aws_cloudwatch_query_definition.this : key => query.query_definition_id }
}
