output "distribution_arn" {
  description = "ARN of the distribution: the aws:SourceArn that a bucket's policy lets in."
  value       = aws_cloudfront_distribution.this.arn
}

output "distribution_id" {
  description = "Id of the distribution, by which its cache is invalidated."
  value       = aws_cloudfront_distribution.this.id
}

output "domain_name" {
  description = "Host name that CloudFront gave the distribution."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "hosted_zone_id" {
  description = "Zone id that an alias record to the distribution names."
  value       = aws_cloudfront_distribution.this.hosted_zone_id
}
