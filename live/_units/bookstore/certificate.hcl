# The certificate with which the load balancer proves itself to the API: TLS on the last stretch, too.
terraform { source = "${get_repo_root()}/modules//networking/certificate" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "dns_zone" {
  config_path                             = "${get_terragrunt_dir()}/../dns-zone"
  mock_outputs                            = { zone_id = "Z00000000000000000000" }
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
  zone_id          = dependency.dns_zone.outputs.zone_id
  domain_name      = "services.bookstore.${local.context.domain}"
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]
}
