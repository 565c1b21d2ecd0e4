output "bucket_arn" {
  description = "ARN of the bucket, known once its policy and its public access block are in place."
  value       = aws_s3_bucket.this.arn
  depends_on  = [aws_s3_bucket_policy.this, aws_s3_bucket_public_access_block.this]
}

output "bucket_name" {
  description = "Name of the bucket, known once its policy and its public access block are in place."
  value       = aws_s3_bucket.this.bucket
  depends_on  = [aws_s3_bucket_policy.this, aws_s3_bucket_public_access_block.this]
}

output "bucket_regional_domain_name" {
  description = "Host name of the bucket in its region, the origin a CloudFront distribution takes."
  value       = aws_s3_bucket.this.bucket_regional_domain_name
}

output "replication_role_arn" {
  description = "ARN of the role that copies objects, for the destination's bucket policy; null without replication."
  value       = one(aws_iam_role.replication[*].arn)
}
