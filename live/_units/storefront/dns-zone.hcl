# The zone of the shop, below the environment's domain; its name servers are entered there, or by the registrar,
# and where it is signed its DS record after them: docs/real-account.md
terraform { source = "${get_repo_root()}/modules//networking/dns-zone" }

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
  enabled                                 = local.signed
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  domain_name      = "${local.context.system}.${local.context.domain}"
  dnssec           = local.signed ? { key_arn = dependency.keys.outputs.key_arns["dnssec"] } : null
  alarm_topic_arns = local.signed ? [dependency.alerts.outputs.topic_arns["alerts"]] : []
}
