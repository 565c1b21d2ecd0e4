# The shop's API and the functions behind it: sessions with their carts, and product search.
terraform {
  source = "${get_repo_root()}/modules//patterns/serverless-api"

  before_hook "package" {
    commands = ["plan", "apply", "destroy", "refresh", "import", "validate"]
    execute  = ["python3", "${get_repo_root()}/scripts/package_function.py", "product_search", "session_store"]
  }
}

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path = "${get_terragrunt_dir()}/../network"
  mock_outputs = {
    subnet_ids = { private = { us-east-1a = "subnet-00000000000000000", us-east-1b = "subnet-00000000000000010", us-east-1c = "subnet-00000000000000020" } }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { functions = "sg-00000000000000000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "roles" {
  config_path = "${get_terragrunt_dir()}/../roles"
  mock_outputs = {
    role_arns = {
      product-search = "arn:aws:iam::000000000000:role/mock-product-search"
      session-store  = "arn:aws:iam::000000000000:role/mock-session-store"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "sessions" {
  config_path                             = "${get_terragrunt_dir()}/../sessions"
  mock_outputs                            = { table_names = { carts = "mock-carts", sessions = "mock-sessions" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "search" {
  config_path                             = "${get_terragrunt_dir()}/../search"
  mock_outputs                            = { endpoints = { search = "vpc-mock.us-east-1.es.amazonaws.com" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "frontend" {
  config_path                             = "${get_terragrunt_dir()}/../frontend"
  mock_outputs                            = { domain_name = "mock.cloudfront.net" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

# The role with which API Gateway writes its logs exists once per account: without it no stage can be made that logs.
dependencies { paths = ["${get_terragrunt_dir()}/../../platform/account-settings"] }

inputs = {
  account_id      = local.context.account_id
  description     = "Sessions, carts and product search of the shop"
  log_kms_key_arn = dependency.keys.outputs.key_arns["logs"]
  openapi         = file("${get_repo_root()}/live/_units/commerce/openapi.yaml")
  subnet_ids      = values(dependency.network.outputs.subnet_ids["private"])

  cors = {
    allow_origin  = "https://${dependency.frontend.outputs.domain_name}"
    allow_methods = ["DELETE", "GET", "OPTIONS", "POST", "PUT"]
  }

  functions = {
    product-search = {
      description        = "Finds products"
      filename           = "artifacts/product_search.zip"
      role_arn           = dependency.roles.outputs.role_arns["product-search"]
      security_group_ids = [dependency.security_groups.outputs.security_group_ids["functions"]]
      environment = {
        ALLOWED_ORIGIN = "https://${dependency.frontend.outputs.domain_name}"
        SEARCH_HOST    = lookup(dependency.search.outputs.endpoints, "search", "") # empty: the environment has no search
      }
    }
    session-store = {
      description = "Keeps sessions and carts"
      filename    = "artifacts/session_store.zip"
      role_arn    = dependency.roles.outputs.role_arns["session-store"]
      environment = {
        ALLOWED_ORIGIN = "https://${dependency.frontend.outputs.domain_name}"
        CARTS_TABLE    = dependency.sessions.outputs.table_names["carts"]
        SESSIONS_TABLE = dependency.sessions.outputs.table_names["sessions"]
      }
    }
  }
}
