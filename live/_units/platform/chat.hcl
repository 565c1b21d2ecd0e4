# Alarms and findings in the chat rooms of the people on call, beside the mails of the alerts topic.
terraform { source = "${get_repo_root()}/modules//monitoring/chat" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id = local.context.account_id
  topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]
}
