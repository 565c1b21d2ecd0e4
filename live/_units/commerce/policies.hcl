# What several roles of commerce have in common, each named once: the stores by the names that they will have.
terraform { source = "${get_repo_root()}/modules//security/iam-policy" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  name    = local.context.name
  here    = "${local.context.region}:${local.context.account_id}"
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  policies = {
    keep-sessions = {
      description = "Read and write sessions and carts"
      statements = {
        UseTables = {
          actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
          resources = [for table in ["carts", "sessions"] : "arn:aws:dynamodb:${local.here}:table/${local.name}-${table}"]
        }
        UseDataKey = {
          actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
          resources  = [dependency.keys.outputs.key_arns["data"]]
          conditions = { StringEquals = { "kms:ViaService" = ["dynamodb.${local.context.region}.amazonaws.com"] } }
        }
      }
    }
    search-products = {
      description = "Ask the product search"
      statements = {
        Search = {
          actions                  = ["es:ESHttpGet", "es:ESHttpPost"]
          resources                = ["arn:aws:es:${local.here}:domain/${local.name}-search/products/*"]
          allow_wildcard_resources = "Everything below the one index of products."
        }
      }
    }
  }
}
