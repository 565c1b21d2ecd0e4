module "given" {
  source = "./prerequisites"
  name   = "acme-http"
}

module "user_pool" {
  source = "./modules/security/cognito"

  name                = "acme-http"
  deletion_protection = false
  clients             = { web = { callback_urls = ["https://http.example.com/signed-in"], scopes = ["openid"] } }
}

module "balancer" {
  source = "./modules/networking/load-balancer"

  name                 = "acme-http"
  allow_plain_http     = true
  allow_no_access_logs = true
  deletion_protection  = false
  vpc_id               = module.given.vpc_id
  subnet_ids           = module.given.subnet_ids
  security_group_ids   = [module.given.security_group_id]
}

module "function" {
  source = "./modules/compute/lambda"

  name     = "acme-http-covers"
  role_arn = module.given.role_arn
  package  = { filename = "artifacts/acme_http.zip" }
}

module "catalog_api" {
  source = "./modules/compute/http-api"

  name = "acme-http"
  integrations = {
    catalog = { listener_arn = module.balancer.main_listener_arn }
    covers  = { function_arn = module.function.alias_arn }
    news    = { url = "https://news.example.com/feed" }
  }
  routes = {
    "GET /books"   = { integration = "catalog", scopes = ["openid"] }
    "GET /covers"  = { integration = "covers", authorization = "AWS_IAM", throttling = { rate = 5, burst = 10 } }
    "GET /healthz" = { integration = "news" }
  }
  public_routes  = ["GET /healthz"]
  jwt_authorizer = { issuer = "https://${module.user_pool.endpoint}", audience = values(module.user_pool.client_ids) }
  cors           = { allow_origins = ["https://http.example.com"] }
  vpc_link       = { subnet_ids = values(module.given.subnet_ids), security_group_ids = [module.given.security_group_id] }
  throttling     = { rate = 50, burst = 100 }
}
