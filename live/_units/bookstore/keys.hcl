# The keys of what bookstore stores, and of its backups: a backup is of no use under a key that went with the data.
# The key of the data is a multi-region one: a further region holds its replica, which opens the same global tables.
terraform { source = "${get_repo_root()}/modules//security/kms-key" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  first   = local.context.regional.name_suffix == "" # the region that others copy from (region.hcl)
}

dependency "primary" {
  config_path                             = "${get_terragrunt_dir()}/../../../us-east-1/bookstore/keys"
  enabled                                 = !local.first
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mrk-00000000000000000000000000000000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id = local.context.account_id

  keys = {
    data = {
      description  = "Database, cache, search, tables and pictures of bookstore"
      multi_region = local.first
      replica_of   = local.first ? null : { arn = dependency.primary.outputs.key_arns["data"] }
    }
    backups = { description = "Backups of bookstore" }
  }
}
