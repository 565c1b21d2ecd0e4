# Public clients: a page or an app cannot keep a secret, and a secret would lie in Terraform's state. They prove by PKCE
# that who brings the code is who asked for it.
resource "aws_cognito_user_pool_client" "this" {
  for_each = var.clients

  name            = "${var.name}-${each.key}"
  user_pool_id    = aws_cognito_user_pool.this.id
  generate_secret = false

  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"] # never implicit: its tokens stand in the address bar
  allowed_oauth_scopes                 = each.value.scopes
  callback_urls                        = each.value.callback_urls
  logout_urls                          = each.value.logout_urls
  supported_identity_providers         = ["COGNITO"]

  explicit_auth_flows           = concat(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"], each.value.allow_password_auth ? ["ALLOW_USER_PASSWORD_AUTH"] : [])
  prevent_user_existence_errors = "ENABLED" # an attacker learns nothing by guessing addresses
  enable_token_revocation       = true
  access_token_validity         = each.value.access_token_minutes
  id_token_validity             = each.value.access_token_minutes
  refresh_token_validity        = each.value.refresh_token_days

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }

  # A scope exists once its resource server does.
  depends_on = [aws_cognito_resource_server.this]
}

resource "aws_cognito_resource_server" "this" {
  for_each = var.resource_servers

  name         = each.key
  identifier   = each.value.identifier
  user_pool_id = aws_cognito_user_pool.this.id

  dynamic "scope" {
    for_each = each.value.scopes

    content {
      scope_name        = scope.key
      scope_description = scope.value
    }
  }
}

resource "aws_cognito_user_pool_domain" "this" {
  count = var.domain == null ? 0 : 1

  domain          = var.domain.name
  certificate_arn = var.domain.certificate_arn
  user_pool_id    = aws_cognito_user_pool.this.id
}
