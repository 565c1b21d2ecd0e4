# Applications are public clients: they hold no secret and prove themselves by PKCE.
clients = {
  web = {
    callback_urls = ["https://bookstore.staging.example.com/signed-in"]
    logout_urls   = ["https://bookstore.staging.example.com/"]
    scopes        = ["openid", "email", "profile", "catalog/read", "orders/read", "orders/write", "users/read", "users/write", "reviews/read", "reviews/write"]
  }
  back-office = {
    callback_urls = ["https://back-office.bookstore.staging.example.com/signed-in"]
    scopes        = ["openid", "email", "profile", "catalog/read", "catalog/write", "orders/read"]
  }
}

groups = {
  staff = { precedence = 1, description = "May use the back office" }
}

self_sign_up        = true
mfa                 = "ON"
deletion_protection = false # its accounts are made up
