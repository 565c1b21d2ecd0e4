module "auth" {
  source = "./modules/security/cognito"

  name                = "acme-auth"
  domain              = { name = "acme-auth" }
  deletion_protection = false

  resource_servers = {
    orders = { identifier = "orders", scopes = { read = "See own orders", write = "Place orders" } }
  }
  clients = {
    web = {
      callback_urls = ["https://auth.example.com/signed-in"]
      scopes        = ["openid", "orders/read", "orders/write"]
    }
  }
  groups = { staff = { precedence = 1, description = "Sees every order" } }
}
