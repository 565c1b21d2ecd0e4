# Network of commerce: a public tier for the NAT gateways, a private one for what runs, one for what is stored. Each tier
# has its own network ACL; the one of the database tier lets nothing in or out but the VPC.
terraform { source = "${get_repo_root()}/modules//patterns/network" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id        = local.context.account_id
  vpc_cidr_block    = local.context.vpc_cidr
  kms_key_arn       = dependency.keys.outputs.key_arns["logs"]
  gateway_endpoints = { dynamodb = {}, s3 = {} }
}
