output "artifact_bucket_name" {
  description = "Bucket in which stages hand things on."
  value       = module.artifacts.bucket_name
}

output "connection_arn" {
  description = "ARN of the connection to the repository; one that was made here waits until a person accepts it."
  value       = module.pipeline.connection_arn
}

output "log_group_names" {
  description = "Log group of each project, keyed as in var.projects."
  value       = { for key, project in module.project : key => project.log_group_name }
}

output "pipeline_arn" {
  description = "ARN of the pipeline."
  value       = module.pipeline.pipeline_arn
}

output "pipeline_name" {
  description = "Name of the pipeline: the dimension of its metrics."
  value       = module.pipeline.pipeline_name
}

output "project_names" {
  description = "Name of each project, keyed as in var.projects."
  value       = { for key, project in module.project : key => project.project_name }
}

output "role_arns" {
  description = "ARN of each role: the pipeline's own, and one a project."
  value       = module.roles.role_arns
}
