output "arn" {
  description = "ARN of the cluster; known once its capacity providers can take tasks."
  value       = aws_ecs_cluster.this.arn
  depends_on  = [aws_ecs_cluster_capacity_providers.this]
}

output "execute_command_log_group_name" {
  description = "Log group of what was typed into running tasks."
  value       = aws_cloudwatch_log_group.execute_command.name
}

output "name" {
  description = "Name of the cluster, as metrics and autoscaling spell it."
  value       = aws_ecs_cluster.this.name
  depends_on  = [aws_ecs_cluster_capacity_providers.this]
}
