# Full-text search over the catalog. Its master user is an IAM role, so that no password exists.
terraform { source = "${get_repo_root()}/modules//database/opensearch" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  zones   = { small = 1, medium = 2, large = 3 }[local.context.size]
}

dependency "network" {
  config_path                             = "${get_terragrunt_dir()}/../network"
  mock_outputs                            = { subnet_ids = { database = { us-east-1a = "subnet-00000000000000000", us-east-1b = "subnet-00000000000000001", us-east-1c = "subnet-00000000000000002" } } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { search = "sg-00000000000000000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "iam" {
  config_path                             = "${get_terragrunt_dir()}/../iam"
  mock_outputs                            = { role_arns = { search-master = "arn:aws:iam::000000000000:role/mock-search-master" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../keys"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
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
  account_id         = local.context.account_id
  master_role_arn    = dependency.iam.outputs.role_arns["search-master"]
  zone_count         = local.zones
  subnet_ids         = slice(values(dependency.network.outputs.subnet_ids["database"]), 0, local.zones) # one a zone, no more
  security_group_ids = [dependency.security_groups.outputs.security_group_ids["search"]]
  kms_key_arn        = dependency.keys.outputs.key_arns["data"]
  log_kms_key_arn    = dependency.platform_keys.outputs.key_arns["logs"]
  alarm_topic_arns   = [dependency.alerts.outputs.topic_arns["alerts"]]
}
