output "bucket_arn" {
  description = "ARN of the bucket of pages, for the role that writes them."
  value       = module.pages.bucket_arn
}

output "bucket_name" {
  description = "Name of the bucket of pages; known once the distribution may read it."
  value       = module.pages.bucket_name
}

output "distribution_arn" {
  description = "ARN of the distribution, for the role that empties its cache."
  value       = module.distribution.distribution_arn
}

output "distribution_id" {
  description = "Id of the distribution, by which its cache is emptied and its logs are filed."
  value       = module.distribution.distribution_id
}

output "domain_name" {
  description = "Host name that CloudFront gave the site."
  value       = module.distribution.domain_name
}

output "fqdns" {
  description = "Names that lead to the site, keyed <alias>/<A or AAAA>; empty without zone."
  value       = merge(module.records[*].fqdns...)
}

output "hosted_zone_id" {
  description = "Zone id that alias records of other units name."
  value       = module.distribution.hosted_zone_id
}
