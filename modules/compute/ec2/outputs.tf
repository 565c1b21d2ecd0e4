output "group_arn" {
  description = "ARN of the Auto Scaling group."
  value       = aws_autoscaling_group.this.arn
}

output "group_name" {
  description = "Name of the Auto Scaling group: the dimension of its metrics."
  value       = aws_autoscaling_group.this.name
}

output "launch_template_id" {
  description = "Id of the launch template."
  value       = aws_launch_template.this.id
}

output "launch_template_version" {
  description = "Version that the group launches."
  value       = aws_launch_template.this.latest_version
}
