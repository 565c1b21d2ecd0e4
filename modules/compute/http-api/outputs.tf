output "api_id" {
  description = "Id of the API, as metrics and addresses spell it."
  value       = aws_apigatewayv2_api.this.id
}

output "access_log_group_name" {
  description = "Name of the access log's group."
  value       = aws_cloudwatch_log_group.access.name
}

output "domain_target" {
  description = "What an alias record of the custom domain points to (name, zone_id); null without one."
  value = one([for domain in aws_apigatewayv2_domain_name.this : {
    name    = domain.domain_name_configuration[0].target_domain_name
    zone_id = domain.domain_name_configuration[0].hosted_zone_id
  }])
}

output "execution_arn" {
  description = "ARN that a function's permission is scoped by: append /*/<METHOD>/<path>."
  value       = aws_apigatewayv2_api.this.execution_arn
}

output "invoke_url" {
  description = "Address of the API; routes follow it."
  value       = aws_apigatewayv2_stage.this.invoke_url
}
