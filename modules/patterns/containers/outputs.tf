output "cluster_name" {
  description = "Name of the cluster; null without services."
  value       = one(module.cluster[*].name)
}

output "image_tag_parameter_names" {
  description = "SSM parameter with the image tag that runs, keyed as in var.services: a release writes it."
  value       = { for key, service in module.service : key => service.image_tag_parameter_name }
}

output "log_group_names" {
  description = "Log group of each service, keyed as in var.services."
  value       = { for key, service in module.service : key => service.log_group_name }
}

output "repository_urls" {
  description = "Where the image of each service is pushed to, keyed as in var.services."
  value       = length(var.services) > 0 ? module.repositories[0].repository_urls : {}
}
