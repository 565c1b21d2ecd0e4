# Who did what in the account, in every region: one trail, in the first region.
terraform { source = "${get_repo_root()}/modules//security/audit-trail" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "archive" {
  config_path                             = "${get_terragrunt_dir()}/../audit-archive"
  mock_outputs                            = { bucket_name = "mock-platform-audit" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id      = local.context.account_id
  bucket_name     = dependency.archive.outputs.bucket_name
  kms_key_arn     = dependency.keys.outputs.key_arns["logs"]
  log_kms_key_arn = dependency.keys.outputs.key_arns["logs"]
}
