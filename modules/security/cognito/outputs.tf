output "client_ids" {
  description = "Id of each client, keyed as in var.clients: the audience of its tokens."
  value       = { for key, client in aws_cognito_user_pool_client.this : key => client.id }
}

output "domain_cloudfront_name" {
  description = "Host that an alias record of an own domain leads to; null without a domain."
  value       = one(aws_cognito_user_pool_domain.this[*].cloudfront_distribution)
}

output "endpoint" {
  description = "Issuer of the tokens without https://, which a JWT authorizer names."
  value       = aws_cognito_user_pool.this.endpoint
}

output "scopes" {
  description = "Full name of every scope, keyed <resource server>/<scope>."
  value = merge([
    for key, server in var.resource_servers : { for scope in keys(server.scopes) : "${key}/${scope}" => "${server.identifier}/${scope}" }
  ]...)
}

output "user_pool_arn" {
  description = "ARN of the user pool, which a REST API's authorizer names."
  value       = aws_cognito_user_pool.this.arn
}

output "user_pool_id" {
  description = "Id of the user pool."
  value       = aws_cognito_user_pool.this.id
}
