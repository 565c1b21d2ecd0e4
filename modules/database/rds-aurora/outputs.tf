output "alarm_arns" {
  description = "ARN of each alarm, keyed by its name: cpu, memory, connections, lag."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.arn }
}

output "cluster_arn" {
  description = "ARN of the cluster."
  value       = aws_rds_cluster.this.arn
}

output "cluster_identifier" {
  description = "Identifier of the cluster, which a proxy and a dashboard name."
  value       = aws_rds_cluster.this.cluster_identifier
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

output "endpoint" {
  description = "Host name that always leads to the writer; answers once there is an instance."
  value       = aws_rds_cluster.this.endpoint
  depends_on  = [aws_rds_cluster_instance.this]
}

output "instance_identifiers" {
  description = "Identifier of each instance, keyed as in var.instances."
  value       = { for key, instance in aws_rds_cluster_instance.this : key => instance.identifier }
}

output "password_secret_arn" {
  description = "ARN of the secret that holds the password alone."
  value       = aws_secretsmanager_secret.password.arn
  depends_on  = [aws_secretsmanager_secret_version.password]
}

output "port" {
  description = "Port of the cluster."
  value       = aws_rds_cluster.this.port
}

output "reader_endpoint" {
  description = "Host name that leads to the readers in turn."
  value       = aws_rds_cluster.this.reader_endpoint
  depends_on  = [aws_rds_cluster_instance.this]
}

output "resource_id" {
  description = "The id by which IAM policies name the cluster for rds-db:connect."
  value       = aws_rds_cluster.this.cluster_resource_id
}
