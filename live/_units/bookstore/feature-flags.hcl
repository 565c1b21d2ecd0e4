# Changes of behaviour without a release: switches and A/B tests, rolled out in steps and taken back by an alarm.
terraform { source = "${get_repo_root()}/modules//compute/app-config" }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../keys"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  description = "Switches and A/B tests of bookstore"
  kms_key_arn = dependency.keys.outputs.key_arns["data"]
}
