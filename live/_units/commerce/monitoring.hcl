# Who notices that commerce is ill: alarms for its functions and its API, and a dashboard. The stores have alarms of their
# own, beside them.
terraform { source = "${get_repo_root()}/modules//patterns/observability" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "api" {
  config_path = "${get_terragrunt_dir()}/../api"
  mock_outputs = {
    api_name                  = "mock-api"
    stage_name                = "mock"
    function_names            = { product-search = "mock-product-search", session-store = "mock-session-store" }
    function_timeouts_seconds = { product-search = 10, session-store = 10 }
    log_group_names           = { product-search = "/aws/lambda/mock-product-search", session-store = "/aws/lambda/mock-session-store" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "database" {
  config_path = "${get_terragrunt_dir()}/../database"
  mock_outputs = {
    alarm_arns         = { cpu = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:mock-database-cpu" }
    cluster_identifier = "mock"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cache" {
  config_path                             = "${get_terragrunt_dir()}/../cache"
  mock_outputs                            = { alarm_arns = { "mock/cpu" = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:mock-cache-cpu" } }
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
  account_id       = local.context.account_id
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]

  apis = { shop = { name = dependency.api.outputs.api_name, stage = dependency.api.outputs.stage_name } }
  functions = { for key, function_name in dependency.api.outputs.function_names : key => {
    name            = function_name
    timeout_seconds = dependency.api.outputs.function_timeouts_seconds[key]
  } }
  log_group_names = values(dependency.api.outputs.log_group_names)

  widgets = [
    {
      kind       = "alarms"
      title      = "Alarms of the stores"
      alarm_arns = concat(values(dependency.database.outputs.alarm_arns), values(dependency.cache.outputs.alarm_arns))
    },
    {
      title = "Database"
      metrics = [for name in ["CPUUtilization", "DatabaseConnections"] : {
        namespace  = "AWS/RDS"
        name       = name
        dimensions = { DBClusterIdentifier = dependency.database.outputs.cluster_identifier }
      }]
    },
  ]
}
