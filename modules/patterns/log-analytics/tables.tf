data "aws_region" "current" {}

locals {
  # Where Elastic Load Balancing and CloudFront's log delivery (storage/cloudfront) put a day's files.
  _load_balancer_tables = {
    for key, prefix in var.load_balancer_prefixes : key => {
      kind        = "alb"
      location    = "s3://${var.log_bucket_name}/${prefix}/AWSLogs/${var.account_id}/elasticloadbalancing/${data.aws_region.current.name}/"
      first_day   = var.first_day
      description = "Requests to the load balancer ${key}"
    }
  }
  _distribution_tables = {
    for key, distribution in var.distributions : key => {
      kind        = "cloudfront"
      location    = "s3://${var.log_bucket_name}/cloudfront/${distribution.name}/${distribution.id}/"
      first_day   = var.first_day
      description = "Requests to the distribution ${key}"
    }
  }

  tables = merge(local._load_balancer_tables, local._distribution_tables)
}
