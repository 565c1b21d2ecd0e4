# What exists and how it changed, and AWS's rules for what should not be so. There is one recorder in a region.
terraform { source = "${get_repo_root()}/modules//security/config-recorder" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "log_archive" {
  config_path                             = "${get_terragrunt_dir()}/../log-archive"
  mock_outputs                            = { bucket_name = "mock-platform-logs" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id    = local.context.account_id
  bucket_name   = dependency.log_archive.outputs.bucket_name
  bucket_prefix = "config"
}
