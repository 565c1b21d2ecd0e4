module "given" {
  source = "./prerequisites"
  name   = "acme-rest"
}

module "user_pool" {
  source = "./modules/security/cognito"

  name                = "acme-rest"
  deletion_protection = false
}

module "function" {
  source = "./modules/compute/lambda"

  name     = "acme-rest-orders"
  role_arn = module.given.role_arn
  package  = { filename = "artifacts/acme_rest.zip" }
}

module "balancer" {
  source = "./modules/networking/load-balancer"

  name                = "acme-rest"
  type                = "network"
  deletion_protection = false
  vpc_id              = module.given.vpc_id
  subnet_ids          = module.given.subnet_ids
  security_group_ids  = [module.given.security_group_id]
}

module "web_acl" {
  source = "./modules/security/waf"

  name  = "acme-rest"
  scope = "REGIONAL"
}

# On AWS, its logs want the role that security/account-settings gives to API Gateway, which is in another root here.
module "orders_api" {
  source = "./modules/compute/api-gateway"

  name = "acme-rest"
  openapi = jsonencode({
    openapi = "3.0.3"
    info    = { title = "Orders", version = "1" }
    paths = {
      "/orders" = { post = {
        requestBody = { required = true, content = { "application/json" = { schema = { "$ref" = "#/components/schemas/Order" } } } }
        responses   = { "201" = { description = "Stored." } }
        "x-amazon-apigateway-integration" = {
          type       = "aws_proxy"
          httpMethod = "POST"
          uri        = module.function.invoke_arn
        }
      } }
      "/books/{book_id}" = { get = {
        parameters = [{ name = "book_id", in = "path", required = true, schema = { type = "string" } }]
        responses  = { "200" = { description = "One book." } }
        "x-amazon-apigateway-integration" = {
          type               = "http_proxy"
          httpMethod         = "GET"
          uri                = "https://catalog.example.com/books/{book_id}"
          requestParameters  = { "integration.request.path.book_id" = "method.request.path.book_id" }
          cacheKeyParameters = ["method.request.path.book_id"]
        }
      } }
      "/healthz" = { get = {
        responses = { "200" = { description = "Up." } }
        "x-amazon-apigateway-integration" = {
          type             = "mock"
          requestTemplates = { "application/json" = "{\"statusCode\": 200}" }
          responses        = { default = { statusCode = "200" } }
        }
      } }
    }
    components = {
      schemas = { Order = {
        type       = "object"
        required   = ["order_id", "items"]
        properties = { order_id = { type = "string" }, items = { type = "array", minItems = 1 } }
      } }
    }
  })

  cache               = { operations = { "GET *" = { ttl_seconds = 60 }, "GET /books/{book_id}" = {}, "GET /healthz" = { ttl_seconds = 0 } } }
  client_certificates = { presented = "2026", others = ["2027"] }

  authorizer        = { type = "cognito", user_pool_arns = [module.user_pool.user_pool_arn] }
  cors              = { allow_origin = "https://shop.example.com" }
  public_operations = ["GET /healthz"]
  throttling        = { rate = 50, burst = 100 }
  method_throttling = { "POST /orders" = { rate = 20, burst = 40 } }
  usage_plans       = { partner = { rate = 5, burst = 10, quota = { limit = 10000 } } }
  vpc_links         = { inner = module.balancer.load_balancer_arn }
  web_acl           = { arn = module.web_acl.web_acl_arn }
}
