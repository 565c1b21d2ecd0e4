# Where backups lie and what is backed up: by the clock, everything of the units that its plans name. A region that has a
# second one for copies (region.hcl) sends them there.
terraform { source = "${get_repo_root()}/modules//storage/backup" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../kms"
  mock_outputs                            = { key_arns = { backup = "arn:aws:kms:us-east-1:000000000000:key/mock-backup" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "copies" {
  config_path                             = "${get_terragrunt_dir()}/../../../${local.context.copies_to == null ? local.context.region : local.context.copies_to}/platform/backup-vault"
  enabled                                 = local.context.copies_to != null
  mock_outputs                            = { vault_arn = "arn:aws:backup:us-west-2:000000000000:backup-vault:mock-platform" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  kms_key_arn     = dependency.keys.outputs.key_arns["backup"]
  topic           = { arn = dependency.alerts.outputs.topic_arns["alerts"] }
  copy_vault_arns = local.context.copies_to == null ? {} : { copy = dependency.copies.outputs.vault_arn }
}
