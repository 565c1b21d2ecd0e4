output "container_name" {
  description = "Name of the application's container, as a deployment's appspec names it."
  value       = local.container
}

output "container_port" {
  description = "Port of the application's container."
  value       = var.container.port
}

output "image_tag_parameter_name" {
  description = "SSM parameter with the image tag that runs: a deployment writes it."
  value       = aws_ssm_parameter.image_tag.name
}

output "log_group_name" {
  description = "Name of the log group; streams start with the container's name."
  value       = aws_cloudwatch_log_group.this.name
}

output "name" {
  description = "Name of the service, as metrics spell it."
  value       = one(concat(aws_ecs_service.rolling, aws_ecs_service.blue_green)).name
}

output "scaling_resource_id" {
  description = "Resource id of the scalable target, for further scaling policies."
  value       = aws_appautoscaling_target.this.resource_id
}

output "task_definition_arn" {
  description = "ARN of the task definition with its revision."
  value       = aws_ecs_task_definition.this.arn
}
