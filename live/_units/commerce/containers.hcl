# Services of containers, for what a function is too short-lived for. An environment has those that its terraform.tfvars
# names; with none there is no cluster either. All names begin with the unit's, so a copy of the folder under another name
# is a service beside this one.
terraform { source = "${get_repo_root()}/modules//patterns/containers" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path = "${get_terragrunt_dir()}/../network"
  mock_outputs = {
    subnet_ids = { private = { us-east-1a = "subnet-00000000000000000", us-east-1b = "subnet-00000000000000010", us-east-1c = "subnet-00000000000000020" } }
    vpc_id     = "vpc-00000000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { containers = "sg-00000000000000000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "database" {
  config_path                             = "${get_terragrunt_dir()}/../database"
  mock_outputs                            = { connection_secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:mock-connection-AbCdEf" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cache" {
  config_path = "${get_terragrunt_dir()}/../cache"
  mock_outputs = {
    arn              = "arn:aws:elasticache:us-east-1:000000000000:replicationgroup:mock"
    primary_endpoint = "mock.cache.amazonaws.com"
    user_arns        = { shop = "arn:aws:elasticache:us-east-1:000000000000:user:mock-shop" }
    user_names       = { shop = "mock-shop" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "search" {
  config_path                             = "${get_terragrunt_dir()}/../search"
  mock_outputs                            = { endpoints = { search = "vpc-mock.us-east-1.es.amazonaws.com" } }
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
  name             = "${local.context.name}-${local.context.unit}"
  account_id       = local.context.account_id
  kms_key          = { arn = dependency.keys.outputs.key_arns["data"] }
  log_kms_key_arn  = dependency.keys.outputs.key_arns["logs"]
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]
  secret_arns      = { DATABASE_URL = "${dependency.database.outputs.connection_secret_arn}:DATABASE_URL::" }

  network = {
    vpc_id             = dependency.network.outputs.vpc_id
    subnet_ids         = values(dependency.network.outputs.subnet_ids["private"])
    security_group_ids = [dependency.security_groups.outputs.security_group_ids["containers"]]
  }

  environment = {
    CACHE_HOST  = dependency.cache.outputs.primary_endpoint
    CACHE_USER  = dependency.cache.outputs.user_names["shop"]
    SEARCH_HOST = lookup(dependency.search.outputs.endpoints, "search", "") # empty: the environment has no search
  }

  task_statements = {
    SignInToCache = {
      actions   = ["elasticache:Connect"]
      resources = [dependency.cache.outputs.arn, dependency.cache.outputs.user_arns["shop"]]
    }
  }
}
