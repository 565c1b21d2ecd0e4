# The domain of pyshop and its certificate, or neither: a domain in the tfvars switches on HTTPS, the redirect and the
# records of every unit that depends on this one. Where the zone is signed, its DS record goes to the parent: docs/real-account.md
terraform { source = "${get_repo_root()}/modules//patterns/domain" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  signed  = local.context.size == "large"
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  enabled                                 = local.signed
  mock_outputs                            = { key_arns = { dnssec = "arn:aws:kms:us-east-1:000000000000:key/mock" } }
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
  dnssec           = local.signed ? { key_arn = dependency.keys.outputs.key_arns["dnssec"] } : null
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]
}
