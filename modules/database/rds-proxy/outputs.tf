output "endpoint" {
  description = "Host name that applications connect to; answers once the proxy has its target."
  value       = aws_db_proxy.this.endpoint
  depends_on  = [aws_db_proxy_target.this]
}

output "proxy_arn" {
  description = "ARN of the proxy; its last part is the id that IAM policies name for rds-db:connect."
  value       = aws_db_proxy.this.arn
}

output "proxy_name" {
  description = "Name of the proxy: the dimension of its metrics."
  value       = aws_db_proxy.this.name
}
