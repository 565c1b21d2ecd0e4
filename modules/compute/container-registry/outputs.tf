output "repository_arns" {
  description = "ARN of each repository, keyed as in var.repositories."
  value       = { for key, repository in aws_ecr_repository.this : key => repository.arn }
}

output "repository_names" {
  description = "Name of each repository, keyed as in var.repositories."
  value       = { for key, repository in aws_ecr_repository.this : key => repository.name }
}

output "repository_urls" {
  description = "Address of each repository, keyed as in var.repositories: what an image name starts with."
  value       = { for key, repository in aws_ecr_repository.this : key => repository.repository_url }
}
