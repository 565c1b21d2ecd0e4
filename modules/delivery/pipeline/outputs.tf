output "connection_arn" {
  description = "ARN of the connection to the repository; one that was made here waits until a person accepts it."
  value       = local.connection_arn
}

output "pipeline_arn" {
  description = "ARN of the pipeline."
  value       = aws_codepipeline.this.arn
}

output "pipeline_name" {
  description = "Name of the pipeline, as the console lists it."
  value       = aws_codepipeline.this.name
}
