output "parameter_arns" {
  description = "ARN of each SSM parameter, keyed as in var.parameters."
  value       = { for name, parameter in merge(aws_ssm_parameter.plain, aws_ssm_parameter.secret) : name => parameter.arn }
}

output "parameter_names" {
  description = "Name of each SSM parameter, keyed as in var.parameters."
  value       = { for name in keys(var.parameters) : name => "/${var.name}/${name}" }
}

output "secret_arns" {
  description = "ARN of each secret, keyed as in var.secrets; known once it has a value."
  value       = { for key, secret in aws_secretsmanager_secret.this : key => secret.arn }
  depends_on  = [aws_secretsmanager_secret_version.this, aws_secretsmanager_secret_policy.this]
}

output "secret_names" {
  description = "Name of each secret, keyed as in var.secrets."
  value       = { for key, secret in aws_secretsmanager_secret.this : key => secret.name }
}
