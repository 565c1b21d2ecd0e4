output "latest_image_parameter_name" {
  description = "SSM parameter, in each region of var.regions, with the id of the latest image; it exists after the first build."
  value       = local.parameter_name
}

output "pipeline_arn" {
  description = "ARN of the pipeline, to start a build by hand."
  value       = aws_imagebuilder_image_pipeline.this.arn
}

output "recipe_version" {
  description = "Version of the recipe, which its content decides."
  value       = local.recipe_version
}
