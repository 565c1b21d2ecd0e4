output "log_group_name" {
  description = "Log group of the builds."
  value       = aws_cloudwatch_log_group.this.name
}

output "project_arn" {
  description = "ARN of the project: what a pipeline's role may start."
  value       = aws_codebuild_project.this.arn
}

output "project_name" {
  description = "Name of the project, which a pipeline's action names."
  value       = aws_codebuild_project.this.name
}
