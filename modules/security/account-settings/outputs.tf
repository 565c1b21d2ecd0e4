output "api_gateway_role_arn" {
  description = "ARN of the role through which API Gateway writes logs; null if the unit does not set it."
  value       = one(aws_iam_role.api_gateway[*].arn)
  depends_on  = [aws_api_gateway_account.this]
}
