# The relational database of orders, users and the catalog: PostgreSQL 15, TLS only, its password in no state.
terraform { source = "${get_repo_root()}/modules//database/rds-postgres" }

dependency "network" {
  config_path                             = "${get_terragrunt_dir()}/../network"
  mock_outputs                            = { subnet_ids = { database = { us-east-1a = "subnet-00000000000000000", us-east-1b = "subnet-00000000000000001" } } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { database = "sg-00000000000000000" } }
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
  database_name      = "bookstore"
  username           = "bookstore"
  subnet_ids         = values(dependency.network.outputs.subnet_ids["database"])
  security_group_ids = [dependency.security_groups.outputs.security_group_ids["database"]]
  kms_key_arn        = dependency.keys.outputs.key_arns["data"]
  log_kms_key_arn    = dependency.platform_keys.outputs.key_arns["logs"]
  alarm_topic_arns   = [dependency.alerts.outputs.topic_arns["alerts"]]
}
