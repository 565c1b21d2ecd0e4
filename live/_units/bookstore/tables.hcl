# What bookstore keeps without a schema: reviews, written often, and the audit log. Both report their changes by a
# stream; where copies go to a second region (region.hcl), both are global tables, read and written there too.
terraform { source = "${get_repo_root()}/modules//patterns/storage-layer" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  here    = local.context.region
  copies  = local.context.copies_to == null ? [] : [local.context.copies_to]
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../keys"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mrk-00000000000000000000000000000000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

# The replica of a multi-region key has the id of its primary, so its ARN is known; it only has to stand before it is used.
dependencies { paths = [for region in local.copies : "${get_terragrunt_dir()}/../../../${region}/bookstore/keys"] }

inputs = {
  account_id           = local.context.account_id
  access_log           = null # tables only: CloudTrail records who reads them
  kms_key_arn          = dependency.keys.outputs.key_arns["data"]
  replica_kms_key_arns = { for region in local.copies : region => replace(dependency.keys.outputs.key_arns["data"], ":${local.here}:", ":${region}:") }
}
