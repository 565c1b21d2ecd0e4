module "given" {
  source = "./prerequisites"
  name   = "acme-layer"
}

module "storage" {
  source = "./modules/patterns/storage-layer"

  name        = "acme-layer"
  account_id  = module.given.account_id
  access_log  = { bucket_name = module.given.log_bucket.name }
  kms_key_arn = module.given.key_arn

  tables = {
    orders = {
      hash_key            = { name = "order_id", type = "S" }
      stream_view_type    = "NEW_IMAGE"
      deletion_protection = false
    }
  }
  buckets = {
    reports = { lifecycle_rules = { old = { expiration_days = 365 } } }
  }
  bucket_writer_role_arns = { reports = [module.given.role_arn] }
}
