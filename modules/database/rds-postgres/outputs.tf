output "address" {
  description = "Host name of the primary."
  value       = aws_db_instance.this.address
}

output "alarm_arns" {
  description = "ARN of each alarm, keyed <primary or replica>/<alarm>."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.arn }
}

output "connection_secret_arn" {
  description = "ARN of the secret with the connection's parts and DATABASE_URL; known once it has a value."
  value       = aws_secretsmanager_secret.connection.arn
  depends_on  = [aws_secretsmanager_secret_version.connection]
}

output "database_name" {
  description = "Name of the database that the connection opens."
  value       = var.database_name
}

output "identifier" {
  description = "Identifier of the primary, which a proxy and a dashboard name."
  value       = aws_db_instance.this.identifier
}

output "instance_arn" {
  description = "ARN of the primary."
  value       = aws_db_instance.this.arn
}

output "password_secret_arn" {
  description = "ARN of the secret that holds the password alone."
  value       = aws_secretsmanager_secret.password.arn
  depends_on  = [aws_secretsmanager_secret_version.password]
}

output "port" {
  description = "Port of the primary."
  value       = aws_db_instance.this.port
}

output "replica_addresses" {
  description = "Host name of each read replica, keyed as in var.replicas."
  value       = { for key, replica in aws_db_instance.replica : key => replica.address }
}

output "resource_id" {
  description = "The id by which IAM policies name the instance for rds-db:connect."
  value       = aws_db_instance.this.resource_id
}
