# Product search. An environment has it when its terraform.tfvars names the domain `search`; without it GET /products
# answers 503.
terraform { source = "${get_repo_root()}/modules//patterns/search" }

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
  mock_outputs                            = { security_group_ids = { search = "sg-00000000000000000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "roles" {
  config_path = "${get_terragrunt_dir()}/../roles"
  mock_outputs = {
    role_arns = {
      product-search = "arn:aws:iam::000000000000:role/mock-product-search"
      search-master  = "arn:aws:iam::000000000000:role/mock-search-master"
      worker         = "arn:aws:iam::000000000000:role/mock-worker"
    }
  }
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
  account_id         = local.context.account_id
  subnet_ids         = values(dependency.network.outputs.subnet_ids["database"])
  security_group_ids = [dependency.security_groups.outputs.security_group_ids["search"]]
  master_role_arn    = dependency.roles.outputs.role_arns["search-master"]
  client_role_arns   = [for role in ["product-search", "worker"] : dependency.roles.outputs.role_arns[role]]
  kms_key_arn        = dependency.keys.outputs.key_arns["data"]
  log_kms_key_arn    = dependency.keys.outputs.key_arns["logs"]
  alarm_topic_arns   = [dependency.alerts.outputs.topic_arns["alerts"]]
}
