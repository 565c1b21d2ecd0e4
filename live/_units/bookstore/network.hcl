# Network of bookstore: three zones in every environment, so that a failover rehearsed in dev is the one of prod.
terraform { source = "${get_repo_root()}/modules//patterns/network" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id        = local.context.account_id
  vpc_cidr_block    = local.context.vpc_cidr
  kms_key_arn       = dependency.platform_keys.outputs.key_arns["logs"]
  gateway_endpoints = { dynamodb = {}, s3 = {} }
}
