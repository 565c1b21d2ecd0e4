output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "vpc_arn" {
  description = "ARN of the VPC."
  value       = aws_vpc.this.arn
}

output "vpc_cidr_block" {
  description = "IPv4 range of the VPC."
  value       = aws_vpc.this.cidr_block
}

output "vpc_ipv6_cidr_block" {
  description = "IPv6 range that Amazon assigned; null without one."
  value       = var.assign_ipv6_cidr_block ? aws_vpc.this.ipv6_cidr_block : null
}

output "default_security_group_id" {
  description = "Id of the VPC's own security group, which has no rule and is for nobody to use."
  value       = aws_default_security_group.emptied.id
}

output "flow_log_id" {
  description = "Id of the flow log; null when switched off."
  value       = one(aws_flow_log.this[*].id)
}

output "flow_log_group_name" {
  description = "Log group of the flow log; null when it goes to S3 or is switched off."
  value       = one(aws_cloudwatch_log_group.flow_logs[*].name)
}
