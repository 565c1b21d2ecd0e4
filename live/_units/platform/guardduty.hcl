# Watches the account and region for intruders; what it finds reaches people through the alerts topic.
terraform { source = "${get_repo_root()}/modules//security/guardduty" }

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  alerts = { topic_arn = dependency.alerts.outputs.topic_arns["alerts"] }
}
