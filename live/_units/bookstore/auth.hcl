# Who signs in, and what an application may ask for on behalf of its user: a resource server a service, with scopes.
terraform { source = "${get_repo_root()}/modules//security/cognito" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

inputs = {
  domain = { name = "${local.context.name}-${local.context.account_id}" } # shared by all of AWS, as bucket names are

  resource_servers = {
    catalog = { identifier = "catalog", scopes = { read = "Look at books", write = "Change books and their pictures" } }
    orders  = { identifier = "orders", scopes = { read = "See own orders", write = "Place orders" } }
    users   = { identifier = "users", scopes = { read = "See own profile", write = "Change own profile" } }
    reviews = { identifier = "reviews", scopes = { read = "Read reviews", write = "Write reviews" } }
  }
}
