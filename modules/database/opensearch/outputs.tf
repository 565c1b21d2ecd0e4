output "alarm_arns" {
  description = "ARN of each alarm, keyed by its name: cpu, memory, red, storage, snapshots, writes."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.arn }
}

output "dashboard_endpoint" {
  description = "Host and path of OpenSearch Dashboards, without https://."
  value       = aws_opensearch_domain.this.dashboard_endpoint
}

output "domain_arn" {
  description = "ARN of the domain, by which IAM policies of clients name it."
  value       = aws_opensearch_domain.this.arn
}

output "domain_name" {
  description = "Name of the domain: the dimension of its metrics."
  value       = aws_opensearch_domain.this.domain_name
}

output "endpoint" {
  description = "Host that clients sign requests for, without https://."
  value       = aws_opensearch_domain.this.endpoint
}
