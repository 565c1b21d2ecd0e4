output "access_log_group_name" {
  description = "Name of the access log's group."
  value       = aws_cloudwatch_log_group.access.name
}

output "api_id" {
  description = "Id of the API, as metrics and addresses spell it."
  value       = aws_api_gateway_rest_api.this.id
}

output "client_certificates" {
  description = "What HTTP back ends trust (pem) and until when (expires), keyed by name."
  value = { for name, certificate in aws_api_gateway_client_certificate.back_end : name => {
    pem     = certificate.pem_encoded_certificate
    expires = certificate.expiration_date
  } }
}

output "domain_target" {
  description = "What an alias record of the custom domain points to (name, zone_id); null without one."
  value = one([for domain in aws_api_gateway_domain_name.this : {
    name    = domain.regional_domain_name
    zone_id = domain.regional_zone_id
  }])
}

output "execution_arn" {
  description = "ARN that permissions are scoped by: append /<stage>/<METHOD>/<path>."
  value       = aws_api_gateway_rest_api.this.execution_arn
}

output "invoke_url" {
  description = "Address of the stage; paths of the document follow it."
  value       = aws_api_gateway_stage.this.invoke_url
}

output "name" {
  description = "Name of the API, the ApiName of its metrics."
  value       = aws_api_gateway_rest_api.this.name
}

output "stage_arn" {
  description = "ARN of the stage."
  value       = aws_api_gateway_stage.this.arn
}

output "stage_name" {
  description = "Name of the stage."
  value       = aws_api_gateway_stage.this.stage_name
}

output "usage_plan_ids" {
  description = "Id of each usage plan, keyed as in var.usage_plans: what a key is attached to."
  value       = { for key, plan in aws_api_gateway_usage_plan.this : key => plan.id }
}
