# Sessions and carts: many small writes, each gone after a day.
terraform { source = "${get_repo_root()}/modules//patterns/storage-layer" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "replica_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../../${local.context.copies_to == null ? local.context.region : local.context.copies_to}/platform/kms"
  enabled                                 = local.context.copies_to != null
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-west-2:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id           = local.context.account_id
  access_log           = null # no buckets here
  kms_key_arn          = dependency.keys.outputs.key_arns["data"]
  replica_kms_key_arns = local.context.copies_to == null ? {} : { (local.context.copies_to) = dependency.replica_keys.outputs.key_arns["data"] }
}
