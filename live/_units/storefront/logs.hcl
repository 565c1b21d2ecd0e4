# Questions to the access logs of the shop: what failed, what was slow, who called. The logs themselves lie in the
# platform's bucket; here are the tables over them and a place for the answers.
terraform { source = "${get_repo_root()}/modules//patterns/log-analytics" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "log_archive" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/log-archive"
  mock_outputs                            = { bucket_name = "mock-platform-logs" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "frontend" {
  config_path                             = "${get_terragrunt_dir()}/../frontend"
  mock_outputs                            = { distribution_id = "EMOCK" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id             = local.context.account_id
  kms_key_arn            = dependency.keys.outputs.key_arns["data"]
  log_bucket_name        = dependency.log_archive.outputs.bucket_name
  load_balancer_prefixes = { requests = local.context.system }
  distributions          = { pages = { name = local.context.name, id = dependency.frontend.outputs.distribution_id } }
}
