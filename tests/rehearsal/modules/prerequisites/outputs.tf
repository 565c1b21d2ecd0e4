# format() tells Terraform before the apply that there will be a value. Modules make some things only for who hands them
# one, and the units of a live tree know theirs by then.

output "account_id" {
  description = "Account of the rehearsal."
  value       = data.aws_caller_identity.this.account_id
}

output "vpc_id" {
  description = "Id of the VPC, 10.77.0.0/16."
  value       = aws_vpc.this.id
}

output "subnet_ids" {
  description = "Id of each subnet, keyed by availability zone."
  # A load balancer that faces the internet wants the gateway first.
  value      = { for zone, subnet in aws_subnet.this : zone => subnet.id }
  depends_on = [aws_internet_gateway.this, aws_route_table_association.this]
}

output "route_table_ids" {
  description = "Id of each subnet's route table, keyed by availability zone."
  value       = { for zone, table in aws_route_table.this : zone => table.id }
}

output "security_group_id" {
  description = "Id of a security group without rules."
  value       = aws_security_group.this.id
}

output "role_arn" {
  description = "ARN of a role that every service of the rehearsal may take and that may do everything."
  value       = format("%s", aws_iam_role.this.arn)
  depends_on  = [aws_iam_role_policy.this]
}

output "instance_profile_name" {
  description = "Name of an instance profile with that role."
  value       = aws_iam_instance_profile.this.name
}

output "key_arn" {
  description = "ARN of a KMS key."
  value       = format("%s", aws_kms_key.this.arn)
}

output "topic_arn" {
  description = "ARN of an SNS topic."
  value       = format("%s", aws_sns_topic.this.arn)
}

output "log_bucket" {
  description = "Name and ARN of a bucket for logs."
  value       = { name = format("%s", aws_s3_bucket.logs.id), arn = format("%s", aws_s3_bucket.logs.arn) }
}
