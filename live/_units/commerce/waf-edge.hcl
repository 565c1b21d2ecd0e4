# What stands before CloudFront, in the one region from which CloudFront takes it.
terraform { source = "${get_repo_root()}/modules//security/waf" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  name            = "${local.context.name}-edge" # AWS wants log groups of both web ACLs to have names of their own
  scope           = "CLOUDFRONT"
  log_kms_key_arn = dependency.keys.outputs.key_arns["logs"]
}
