module "given" {
  source = "./prerequisites"
  name   = "acme-site"
}

module "zone" {
  source = "./modules/networking/dns-zone"

  name        = "acme-site"
  domain_name = "site.example.com"
}

module "certificate" {
  source = "./modules/networking/certificate"

  name              = "acme-site"
  zone_id           = module.zone.zone_id
  domain_name       = "site.example.com"
  alternative_names = ["www.site.example.com"]
}

module "web_acl" {
  source = "./modules/security/waf"

  name  = "acme-site"
  scope = "CLOUDFRONT"
}

module "keys" {
  source = "./modules/security/kms-key"

  name       = "acme-site"
  account_id = module.given.account_id
  keys = {
    pages = {
      description = "Pages of acme-site"
      services = {
        "cloudfront.amazonaws.com" = {
          actions    = ["kms:Decrypt"]
          conditions = { ArnLike = { "aws:SourceArn" = ["arn:aws:cloudfront::${module.given.account_id}:distribution/*"] } }
        }
      }
    }
  }
}

resource "aws_s3_bucket" "standby" {
  bucket        = "acme-site-standby-111111111111"
  force_destroy = true
}

resource "aws_s3_bucket_versioning" "standby" {
  bucket = aws_s3_bucket.standby.id

  versioning_configuration {
    status = "Enabled"
  }
}

module "site" {
  source = "./modules/patterns/static-site"

  name              = "acme-site"
  account_id        = module.given.account_id
  access_log_bucket = module.given.log_bucket
  web_acl           = { arn = module.web_acl.web_acl_arn }

  aliases         = ["site.example.com", "www.site.example.com"]
  certificate_arn = module.certificate.certificate_arn
  zone            = { zone_id = module.zone.zone_id, domain_name = module.zone.domain_name }

  kms_key_arn = module.keys.key_arns["pages"]
  standby = {
    # S3 copies to a bucket with versions only.
    bucket_arn                  = "arn:aws:s3:::${aws_s3_bucket_versioning.standby.bucket}"
    bucket_regional_domain_name = aws_s3_bucket.standby.bucket_regional_domain_name
    kms_key_arn                 = module.keys.key_arns["pages"]
  }

  apis = { cart = { domain_name = "api.site.example.com", path = "/api/*" } }

  allowed_countries = ["AT", "CH", "DE"]
}
