# The domain of pyshop and its certificate, or neither: a domain in the tfvars switches on HTTPS, the redirect and the
# records of every unit that depends on this one.
terraform { source = "${get_repo_root()}/modules//patterns/domain" }

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]
}
