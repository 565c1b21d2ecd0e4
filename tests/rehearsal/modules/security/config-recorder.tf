module "given" {
  source = "./prerequisites"
  name   = "acme-config"
}

# The only root that does this: an account and region have one recorder.
module "bucket" {
  source = "./modules/storage/s3"

  name                       = "acme-config-history-111111111111"
  account_id                 = module.given.account_id
  access_log                 = { bucket_name = module.given.log_bucket.name }
  log_writers                = ["config"]
  allow_destroy_with_objects = true
}

module "config" {
  source = "./modules/security/config-recorder"

  name        = "acme-config"
  account_id  = module.given.account_id
  bucket_name = module.bucket.bucket_name
  topic_arn   = module.given.topic_arn
}
