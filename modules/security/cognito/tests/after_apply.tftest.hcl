# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_cognito_user_pool" {
    defaults = { id = "us-east-1_Acme12345", arn = "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_Acme12345" }
  }
}

variables {
  name   = "acme-dev-bookstore"
  domain = { name = "acme-dev-bookstore" }

  resource_servers = {
    orders = { identifier = "orders", scopes = { read = "See own orders", write = "Place orders" } }
  }
  clients = {
    web = {
      callback_urls = ["https://bookstore.dev.example.com/signed-in"]
      scopes        = ["openid", "orders/read", "orders/write"]
    }
  }
  groups = { staff = { precedence = 1, description = "Sees every order" } }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.client_ids == { for key, client in aws_cognito_user_pool_client.this : key => client.id } && length(output.client_ids) > 0
    error_message = "got ${jsonencode(output.client_ids)}"
  }

  assert {
    condition     = output.endpoint == aws_cognito_user_pool.this.endpoint
    error_message = "got ${jsonencode(output.endpoint)}"
  }

  assert {
    condition     = output.user_pool_arn == aws_cognito_user_pool.this.arn
    error_message = "got ${jsonencode(output.user_pool_arn)}"
  }

  assert {
    condition     = output.user_pool_id == aws_cognito_user_pool.this.id
    error_message = "got ${jsonencode(output.user_pool_id)}"
  }
}
