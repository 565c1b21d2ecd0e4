# What stands in front of the API and the load balancer: AWS's rule groups, and limits by address and by user.
# A user is a value of the Authorization header: WAF sees it before anybody has looked into the token.
terraform { source = "${get_repo_root()}/modules//security/waf" }

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  scope           = "REGIONAL"
  log_kms_key_arn = dependency.platform_keys.outputs.key_arns["logs"]
}
