# Keeps connections to the database open for tasks that come and go. It alone reads the password; services sign in with
# their role.
terraform { source = "${get_repo_root()}/modules//database/rds-proxy" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path = "${get_terragrunt_dir()}/../network"
  mock_outputs = {
    subnet_ids = { private = { us-east-1a = "subnet-00000000000000000", us-east-1b = "subnet-00000000000000001" } }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { proxy = "sg-00000000000000002" } }
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

dependency "database" {
  config_path = "${get_terragrunt_dir()}/../database"
  mock_outputs = {
    connection_secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:mock-connection"
    identifier            = "mock-database"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id         = local.context.account_id
  target             = { instance_identifier = dependency.database.outputs.identifier }
  secret_arns        = { main = dependency.database.outputs.connection_secret_arn }
  subnet_ids         = values(dependency.network.outputs.subnet_ids["private"])
  security_group_ids = [dependency.security_groups.outputs.security_group_ids["proxy"]]
  kms_key_arn        = dependency.keys.outputs.key_arns["data"]
  log_kms_key_arn    = dependency.keys.outputs.key_arns["logs"]
}
