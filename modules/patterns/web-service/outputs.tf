output "alarm_names" {
  description = "Name of each alarm by what it watches: cpu, memory, 5xx, response-time, unhealthy; with blue_green the last three twice, as blue-5xx and so on."
  value       = module.alarms.alarm_names
}

output "container_name" {
  description = "Name of the application's container, as a deployment and a one-off task name it."
  value       = module.service.container_name
}

output "deployment_group" {
  description = "Application and deployment group of CodeDeploy, which release.deploy names; null for rolling deployments."
  value = one([for blue_green in module.blue_green : {
    application_name      = blue_green.application_name
    deployment_group_name = blue_green.deployment_group_name
  }])
}

output "image_tag_parameter_name" {
  description = "SSM parameter with the image tag that runs: a release writes it."
  value       = module.service.image_tag_parameter_name
}

output "log_group_name" {
  description = "Name of the service's log group."
  value       = module.service.log_group_name
}

output "role_arns" {
  description = "ARN of the roles, keyed execution and task."
  value       = module.roles.role_arns
}

output "scaling_resource_id" {
  description = "Resource id of the scalable target, for further scaling policies."
  value       = module.service.scaling_resource_id
}

output "security_group_ids" {
  description = "Security groups of the tasks: those of network.security_group_ids and the own one."
  value       = local.security_group_ids
}

output "service_name" {
  description = "Name of the service, as metrics spell it."
  value       = module.service.name
}

output "target_group_arn_suffixes" {
  description = "Each target group as CloudWatch's dimension names it, keyed tasks, or blue and green; empty without a listener."
  value       = { for side, group in aws_lb_target_group.this : side => group.arn_suffix }
}

output "target_group_arns" {
  description = "ARN of each target group, keyed tasks, or blue and green; empty without a listener."
  value       = { for side, group in aws_lb_target_group.this : side => group.arn }
}

output "task_definition_arn" {
  description = "ARN of the task definition with its revision."
  value       = module.service.task_definition_arn
}
