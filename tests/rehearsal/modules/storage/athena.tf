module "given" {
  source = "./prerequisites"
  name   = "acme-athena"
}

module "logs" {
  source = "./modules/storage/athena"

  name                       = "acme-athena"
  account_id                 = module.given.account_id
  results                    = { bucket_name = module.given.log_bucket.name, kms_key_arn = module.given.key_arn }
  allow_destroy_with_queries = true

  tables = {
    requests = {
      kind      = "alb"
      location  = "s3://${module.given.log_bucket.name}/shop/AWSLogs/111111111111/elasticloadbalancing/us-east-1/"
      first_day = "2026/01/01"
    }
  }
  queries = {
    slowest = { sql = "SELECT request_url FROM requests WHERE day = '2026/01/31' LIMIT 20" }
  }
}
