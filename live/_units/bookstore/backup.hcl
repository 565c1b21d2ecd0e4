# The vault of bookstore and what is put into it: databases and tables every day, and by hand whenever somebody asks
# (terraform.tfvars says how). A region that another one copies to (region.hcl) only takes copies.
terraform { source = "${get_repo_root()}/modules//storage/backup" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../keys"
  mock_outputs                            = { key_arns = { backups = "arn:aws:kms:us-east-1:000000000000:key/mock-backups" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "copies" {
  config_path                             = "${get_terragrunt_dir()}/../../../${local.context.copies_to == null ? local.context.region : local.context.copies_to}/bookstore/backup"
  enabled                                 = local.context.copies_to != null
  mock_outputs                            = { vault_arn = "arn:aws:backup:us-west-2:000000000000:backup-vault:mock-bookstore" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  kms_key_arn     = dependency.keys.outputs.key_arns["backups"]
  topic           = { arn = dependency.alerts.outputs.topic_arns["alerts"] }
  copy_vault_arns = local.context.copies_to == null ? {} : { (local.context.copies_to) = dependency.copies.outputs.vault_arn }
}
