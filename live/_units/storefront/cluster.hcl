# The cluster that the services run in, on Fargate.
terraform { source = "${get_repo_root()}/modules//compute/ecs-cluster" }

dependency "keys" {
  config_path = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs = {
    key_arns = {
      data = "arn:aws:kms:us-east-1:000000000000:key/mock-data"
      logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  kms_key         = { arn = dependency.keys.outputs.key_arns["data"] }
  log_kms_key_arn = dependency.keys.outputs.key_arns["logs"]
}
