module "given" {
  source = "./prerequisites"
  name   = "acme-trail"
}

module "key" {
  source = "./modules/security/kms-key"

  name       = "acme-trail"
  account_id = module.given.account_id
  keys = {
    trail = {
      description = "The account's audit trail"
      services    = { "cloudtrail.amazonaws.com" = {} }
    }
  }
}

module "bucket" {
  source = "./modules/storage/s3"

  name                       = "acme-trail-audit-111111111111"
  account_id                 = module.given.account_id
  access_log                 = { bucket_name = module.given.log_bucket.name }
  kms_key_arn                = module.key.key_arns["trail"]
  log_writers                = ["cloudtrail"]
  allow_destroy_with_objects = true
}

module "topics" {
  source = "./modules/messaging/sns"

  name        = "acme-trail"
  kms_key_arn = module.key.key_arns["trail"]
  topics = {
    files = {
      policy_statements = {
        AuditTrail = {
          services   = ["cloudtrail.amazonaws.com"]
          conditions = { trail = { test = "StringEquals", variable = "aws:SourceArn", values = ["arn:aws:cloudtrail:us-east-1:111111111111:trail/acme-trail"] } }
        }
      }
    }
  }
}

module "audit_trail" {
  source = "./modules/security/audit-trail"

  name        = "acme-trail"
  account_id  = module.given.account_id
  bucket_name = module.bucket.bucket_name
  kms_key_arn = module.key.key_arns["trail"]

  data_events = {
    logs = { resource_type = "AWS::S3::Object", arn_prefixes = ["${module.given.log_bucket.arn}/"] }
  }
  delivery_topic     = { arn = module.topics.topic_arns["files"] }
  log_retention_days = 365
}
