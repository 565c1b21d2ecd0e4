# The bucket of the audit trail: every version is locked, so that nobody who breaks in can tidy up.
terraform { source = "${get_repo_root()}/modules//storage/s3" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "log_archive" {
  config_path                             = "${get_terragrunt_dir()}/../log-archive"
  mock_outputs                            = { bucket_name = "mock-platform-logs" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  name        = "${local.context.name}-audit-${local.context.account_id}" # a bucket's full name, shared by all of AWS
  account_id  = local.context.account_id
  access_log  = { bucket_name = dependency.log_archive.outputs.bucket_name }
  kms_key_arn = dependency.keys.outputs.key_arns["logs"]
  log_writers = ["cloudtrail"]
}
