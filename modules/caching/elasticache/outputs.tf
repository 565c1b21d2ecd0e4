output "alarm_arns" {
  description = "ARN of each alarm, keyed <node>/<kind>, where kind is cpu, evictions or memory."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.arn }
}

output "arn" {
  description = "ARN of the replication group: what elasticache:Connect names, beside the user."
  value       = aws_elasticache_replication_group.this.arn
}

output "configuration_endpoint" {
  description = "Address that a client of a cluster starts from; null without cluster mode."
  value       = local.cluster_mode ? aws_elasticache_replication_group.this.configuration_endpoint_address : null
}

output "log_group_names" {
  description = "Log groups, keyed engine-log and slow-log."
  value       = { for key, group in aws_cloudwatch_log_group.this : key => group.name }
}

output "node_ids" {
  description = "Id of each node: the dimension of its metrics."
  value       = local.nodes
}

output "port" {
  description = "Port, spoken to with TLS only."
  value       = aws_elasticache_replication_group.this.port
}

output "primary_endpoint" {
  description = "Address that writes go to; null in cluster mode."
  value       = local.cluster_mode ? null : aws_elasticache_replication_group.this.primary_endpoint_address
}

output "reader_endpoint" {
  description = "Address that spreads reads over the replicas; null in cluster mode."
  value       = local.cluster_mode ? null : aws_elasticache_replication_group.this.reader_endpoint_address
}

output "user_arns" {
  description = "ARN of each user, keyed as in var.users: what elasticache:Connect names, beside the replication group."
  value       = { for key, user in aws_elasticache_user.this : key => user.arn }
}

output "user_names" {
  description = "Name that each user signs in with, keyed as in var.users."
  value       = { for key, user in aws_elasticache_user.this : key => user.user_name }
}
