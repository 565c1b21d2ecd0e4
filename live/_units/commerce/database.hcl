# Orders and customers: Aurora PostgreSQL, whose readers come and go with the load.
terraform { source = "${get_repo_root()}/modules//database/rds-aurora" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path = "${get_terragrunt_dir()}/../network"
  mock_outputs = {
    subnet_ids = { database = { us-east-1a = "subnet-00000000000000000", us-east-1b = "subnet-00000000000000010", us-east-1c = "subnet-00000000000000020" } }
  }
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
  config_path = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs = {
    key_arns = {
      data = "arn:aws:kms:us-east-1:000000000000:key/mock-data"
      logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs"
    }
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
  subnet_ids         = values(dependency.network.outputs.subnet_ids["database"])
  security_group_ids = [dependency.security_groups.outputs.security_group_ids["database"]]
  database_name      = "shop"
  username           = "shop"
  kms_key_arn        = dependency.keys.outputs.key_arns["data"]
  log_kms_key_arn    = dependency.keys.outputs.key_arns["logs"]
  alarm_topic_arns   = [dependency.alerts.outputs.topic_arns["alerts"]]
}
