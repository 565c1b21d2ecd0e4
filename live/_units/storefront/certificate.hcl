# The certificate of every name of the shop. It lies in us-east-1, where CloudFront looks for it, and so does the load
# balancer, which takes the same one.
terraform { source = "${get_repo_root()}/modules//networking/certificate" }

dependency "zone" {
  config_path = "${get_terragrunt_dir()}/../dns-zone"
  mock_outputs = {
    domain_name = "mock.example.com"
    zone_id     = "Z00000000000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  domain_name       = dependency.zone.outputs.domain_name
  alternative_names = ["api.${dependency.zone.outputs.domain_name}", "www.${dependency.zone.outputs.domain_name}"]
  zone_id           = dependency.zone.outputs.zone_id
  alarm_topic_arns  = [dependency.alerts.outputs.topic_arns["alerts"]]
}
