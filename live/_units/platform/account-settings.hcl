# What exists once in an account and region, and five systems would fight over.
terraform { source = "${get_repo_root()}/modules//security/account-settings" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path = "${get_terragrunt_dir()}/../kms"
  mock_outputs = {
    key_arns = {
      data = "arn:aws:kms:us-east-1:000000000000:key/mock-data"
      logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id      = local.context.account_id
  ebs_encryption  = { kms_key = { arn = dependency.keys.outputs.key_arns["data"] } }
  xray_encryption = { kms_key_arn = dependency.keys.outputs.key_arns["logs"] }
}
