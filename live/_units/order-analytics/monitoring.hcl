# Who notices that order-analytics is ill: alarms for its functions, its API and what failed for good, and a dashboard.
terraform { source = "${get_repo_root()}/modules//patterns/observability" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "api" {
  config_path = "${get_terragrunt_dir()}/../api-ingestion"
  mock_outputs = {
    api_name                  = "mock-api"
    stage_name                = "mock"
    function_names            = { order-processor = "mock-order-processor" }
    function_timeouts_seconds = { order-processor = 10 }
    log_group_names           = { order-processor = "/aws/lambda/mock-order-processor" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "events" {
  config_path = "${get_terragrunt_dir()}/../event-processing"
  mock_outputs = {
    function_names            = { order-events = "mock-order-events", report-generator = "mock-report-generator" }
    function_timeouts_seconds = { order-events = 30, report-generator = 60 }
    dead_letter_queue_names   = { order-events = "mock-order-events-dlq", report-generator = "mock-report-generator-dlq" }
    log_group_names           = { order-events = "/aws/lambda/mock-order-events", report-generator = "/aws/lambda/mock-report-generator" }
    stream_functions          = ["order-events"]
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "notification" {
  config_path = "${get_terragrunt_dir()}/../notification"
  mock_outputs = {
    function_names            = { report-mailer = "mock-report-mailer" }
    function_timeouts_seconds = { report-mailer = 30 }
    dead_letter_queue_names   = { report-mailer = "mock-report-mailer-dlq" }
    log_group_names           = { report-mailer = "/aws/lambda/mock-report-mailer" }
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
  account_id       = local.context.account_id
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]

  apis = { orders = { name = dependency.api.outputs.api_name, stage = dependency.api.outputs.stage_name } }

  functions = merge([for unit in [dependency.api.outputs, dependency.events.outputs, dependency.notification.outputs] : {
    for key, function_name in unit.function_names : key => {
      name            = function_name
      timeout_seconds = unit.function_timeouts_seconds[key]
      reads_stream    = contains(dependency.events.outputs.stream_functions, key)
    }
  }]...)

  dead_letter_queues = merge(dependency.events.outputs.dead_letter_queue_names, dependency.notification.outputs.dead_letter_queue_names)

  log_group_names = concat(
    values(dependency.api.outputs.log_group_names),
    values(dependency.events.outputs.log_group_names),
    values(dependency.notification.outputs.log_group_names),
  )
}
