output "log_group_name" {
  description = "Name of the log group with the trail's copy; null without one."
  value       = one(aws_cloudwatch_log_group.this[*].name)
}

output "trail_arn" {
  description = "ARN of the trail: the aws:SourceArn that the bucket's and the key's policy may name."
  value       = aws_cloudtrail.this.arn
}
