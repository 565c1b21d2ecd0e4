# The images of pyshop. Releases push them (invoke release.deploy); what runs is said by a parameter of the service.
terraform { source = "${get_repo_root()}/modules//compute/container-registry" }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  kms_key_arn = dependency.keys.outputs.key_arns["data"]
}
