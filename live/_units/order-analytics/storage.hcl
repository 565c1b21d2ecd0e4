# What order-analytics stores: the orders table and the bucket of daily reports.
terraform { source = "${get_repo_root()}/modules//patterns/storage-layer" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "iam" {
  config_path                             = "${get_terragrunt_dir()}/../iam"
  mock_outputs                            = { role_arns = { report-generator = "arn:aws:iam::000000000000:role/mock-report-generator" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

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

inputs = {
  account_id              = local.context.account_id
  kms_key_arn             = dependency.keys.outputs.key_arns["data"]
  access_log              = { bucket_name = dependency.log_archive.outputs.bucket_name }
  bucket_writer_role_arns = { reports = [dependency.iam.outputs.role_arns["report-generator"]] }
}
