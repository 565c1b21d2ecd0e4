output "internet_gateway_id" {
  description = "Id of the internet gateway, known once its routes exist."
  value       = aws_internet_gateway.this.id
  # A NAT gateway or load balancer made before the routes would come up without the internet.
  depends_on = [aws_route.default, aws_route.default_ipv6]
}

output "internet_gateway_arn" {
  description = "ARN of the internet gateway."
  value       = aws_internet_gateway.this.arn
}
