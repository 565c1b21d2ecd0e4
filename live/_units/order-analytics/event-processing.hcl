# The event bus of order-analytics and the two functions around it: order-events puts every stored order on the bus,
# report-generator writes the report of a day.
terraform {
  source = "${get_repo_root()}/modules//patterns/event-function"

  before_hook "package" {
    commands = ["plan", "apply", "destroy", "refresh", "import", "validate"]
    execute  = ["python3", "${get_repo_root()}/scripts/package_function.py", "order_events", "report_generator"]
  }
}

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  name    = local.context.name
  source  = "${local.context.project}.orders"
}

dependency "foundation" {
  config_path = "${get_terragrunt_dir()}/../foundation"
  mock_outputs = {
    subnet_ids         = { private = { us-east-1a = "subnet-00000000000000000" } }
    security_group_ids = { report-generator = "sg-00000000000000000" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "iam" {
  config_path = "${get_terragrunt_dir()}/../iam"
  mock_outputs = {
    role_arns = {
      order-events     = "arn:aws:iam::000000000000:role/mock-order-events"
      report-generator = "arn:aws:iam::000000000000:role/mock-report-generator"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "storage" {
  config_path = "${get_terragrunt_dir()}/../storage"
  mock_outputs = {
    bucket_names      = { reports = "mock-reports" }
    table_names       = { orders = "mock-orders" }
    table_stream_arns = { orders = "arn:aws:dynamodb:us-east-1:000000000000:table/mock-orders/stream/2026-01-01T00:00:00.000" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs = {
    key_arns = {
      logs      = "arn:aws:kms:us-east-1:000000000000:key/mock-logs"
      messaging = "arn:aws:kms:us-east-1:000000000000:key/mock-messaging"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id      = local.context.account_id
  kms_key_arn     = dependency.keys.outputs.key_arns["messaging"]
  log_kms_key_arn = dependency.keys.outputs.key_arns["logs"]
  subnet_ids      = values(dependency.foundation.outputs.subnet_ids["private"])

  functions = {
    order-events = {
      description = "Puts OrderPlaced on the bus for every order that was stored"
      filename    = "artifacts/order_events.zip"
      role_arn    = dependency.iam.outputs.role_arns["order-events"]
      stream      = { arn = dependency.storage.outputs.table_stream_arns["orders"] }
      environment = { BUS_NAME = local.name, EVENT_SOURCE = local.source }
    }
    report-generator = {
      description        = "Writes the report of a day and puts ReportReady on the bus"
      filename           = "artifacts/report_generator.zip"
      role_arn           = dependency.iam.outputs.role_arns["report-generator"]
      security_group_ids = [dependency.foundation.outputs.security_group_ids["report-generator"]]
      environment = {
        BUCKET_NAME   = dependency.storage.outputs.bucket_names["reports"]
        BUS_NAME      = local.name
        EVENT_SOURCE  = local.source
        REPORT_PREFIX = "reports/"
        TABLE_NAME    = dependency.storage.outputs.table_names["orders"]
      }
    }
  }

  # A report on demand: put {"day": "2026-01-31"} on the bus as the detail of a ReportRequested.
  rules = {
    report-requested = {
      description   = "Writes the report that somebody asks for"
      function      = "report-generator"
      event_pattern = jsonencode({ source = [local.source], detail-type = ["ReportRequested"] })
      input_path    = "$.detail"
    }
  }
}
