output "dashboard_arn" {
  description = "ARN of the dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_arn
}

output "dashboard_name" {
  description = "Name of the dashboard, as the console lists it."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
