module "given" {
  source = "./prerequisites"
  name   = "acme-edge"
}

module "pages" {
  source = "./modules/storage/s3"

  name       = "acme-edge-pages-111111111111"
  access_log = { bucket_name = module.given.log_bucket.name }
}

module "standby" {
  source = "./modules/storage/s3"

  name       = "acme-edge-standby-111111111111"
  access_log = { bucket_name = module.given.log_bucket.name }
}

module "site" {
  source = "./modules/storage/cloudfront"

  name                    = "acme-edge"
  single_page_application = true
  access_log              = { bucket_arn = module.given.log_bucket.arn }

  origins = {
    pages = {
      domain_name = module.pages.bucket_regional_domain_name
      failover    = { origin = "standby", status_codes = [404, 500, 502, 503, 504] }
    }
    standby = { domain_name = module.standby.bucket_regional_domain_name }
    api     = { domain_name = "api.dev.example.com", kind = "https" }
  }
  default_behavior = { origin = "pages" }
  behaviors = {
    api = { order = 10, path = "/api/*", origin = "api", cache = "none", methods = "all" }
  }
  functions = {
    lower = { code = "function handler(event) { return event.request; }", comment = "Passes everything on" }
  }
  allowed_countries = ["AT", "CH", "DE"]
}
