output "ip_set_arns" {
  description = "ARN of each IP set, keyed <set>/<IPV4 or IPV6>."
  value       = { for key, set in aws_wafv2_ip_set.this : key => set.arn }
}

output "log_group_name" {
  description = "Name of the log group that holds the requests."
  value       = aws_cloudwatch_log_group.this.name
}

output "web_acl_arn" {
  description = "ARN of the web ACL."
  value       = aws_wafv2_web_acl.this.arn
}

output "web_acl_name" {
  description = "Name of the web ACL: the dimension of its metrics."
  value       = aws_wafv2_web_acl.this.name
}
