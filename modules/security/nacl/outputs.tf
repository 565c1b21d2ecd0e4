output "network_acl_ids" {
  description = "Id of each network ACL, keyed as in acls."
  value       = { for key, acl in aws_network_acl.this : key => acl.id }
}

output "network_acl_arns" {
  description = "ARN of each network ACL, keyed as in acls."
  value       = { for key, acl in aws_network_acl.this : key => acl.arn }
}
