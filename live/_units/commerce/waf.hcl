# What stands before the API: known attacks are turned away, and who asks too often has to wait.
terraform { source = "${get_repo_root()}/modules//security/waf" }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "api" {
  config_path                             = "${get_terragrunt_dir()}/../api"
  mock_outputs                            = { stage_arn = "arn:aws:apigateway:us-east-1::/restapis/mock/stages/live" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  scope           = "REGIONAL"
  log_kms_key_arn = dependency.keys.outputs.key_arns["logs"]
  resource_arns   = { api = dependency.api.outputs.stage_arn }
}
