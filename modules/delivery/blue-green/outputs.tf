output "application_name" {
  description = "Name of the application, which a deployment names."
  value       = aws_codedeploy_app.this.name
}

output "deployment_config_name" {
  description = "Name of the way in which traffic moves."
  value       = aws_codedeploy_deployment_config.this.deployment_config_name
}

output "deployment_group_arn" {
  description = "ARN of the deployment group: what a pipeline's role may deploy to."
  value       = aws_codedeploy_deployment_group.this.arn
}

output "deployment_group_name" {
  description = "Name of the deployment group, which a deployment names beside the application."
  value       = aws_codedeploy_deployment_group.this.deployment_group_name
}
