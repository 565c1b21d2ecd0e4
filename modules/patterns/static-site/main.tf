module "pages" {
  source = "../../storage/s3"

  name                       = "${var.name}-pages-${var.account_id}" # bucket names are shared by all of AWS
  access_log                 = var.access_log_bucket == null ? null : { bucket_name = var.access_log_bucket.name }
  allow_destroy_with_objects = var.allow_destroy_with_objects
  kms_key_arn                = var.kms_key_arn
  noncurrent_expiration_days = var.noncurrent_expiration_days
  tags                       = var.tags

  # A page that is taken away must be gone from the standby, too, or it would be back whenever that one answers.
  replication_rules = var.standby == null ? {} : {
    standby = {
      destination_bucket_arn   = var.standby.bucket_arn
      destination_kms_key_arn  = var.standby.kms_key_arn
      replicate_delete_markers = true
      storage_class            = "STANDARD"
    }
  }

  # This distribution and nobody else: the bucket stays closed to the internet, and to other people's distributions.
  policy_statements = {
    DistributionReads = {
      actions    = ["s3:GetObject"]
      services   = ["cloudfront.amazonaws.com"]
      conditions = { ArnEquals = { "aws:SourceArn" = [module.distribution.distribution_arn] } }
    }
  }
}

module "distribution" {
  source = "../../storage/cloudfront"

  name                    = var.name
  access_log              = var.access_log_bucket == null ? null : { bucket_arn = var.access_log_bucket.arn }
  aliases                 = var.aliases
  allowed_countries       = var.allowed_countries
  certificate_arn         = var.certificate_arn
  content_security_policy = var.content_security_policy
  default_root_object     = var.root_page
  price_class             = var.price_class
  single_page_application = var.single_page_application
  web_acl                 = var.web_acl
  tags                    = var.tags

  origins = merge(
    {
      pages = {
        domain_name = module.pages.bucket_regional_domain_name
        failover    = var.standby == null ? null : { origin = "standby" }
      }
    },
    var.standby == null ? {} : { standby = { domain_name = var.standby.bucket_regional_domain_name } },
    { for key, api in var.apis : key => { domain_name = api.domain_name, kind = "https" } },
  )
  default_behavior = { origin = "pages" }
  behaviors = {
    for key, api in var.apis : key => { order = api.order, path = api.path, origin = key, cache = "none", methods = "all" }
  }
}
