# The function behind the audit log: one record for every changed review and every event on the bus.
terraform {
  source = "${get_repo_root()}/modules//compute/lambda"

  before_hook "package" {
    commands = ["plan", "apply", "destroy", "refresh", "import", "validate"]
    execute  = ["python3", "${get_repo_root()}/scripts/package_function.py", "audit_writer"]
  }
}

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "iam" {
  config_path                             = "${get_terragrunt_dir()}/../iam"
  mock_outputs                            = { role_arns = { audit-writer = "arn:aws:iam::000000000000:role/mock-audit-writer" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "tables" {
  config_path                             = "${get_terragrunt_dir()}/../tables"
  mock_outputs                            = { table_names = { audit-logs = "mock-audit-logs" }, table_stream_arns = { reviews = "arn:aws:dynamodb:us-east-1:000000000000:table/mock-reviews/stream/2026-01-01T00:00:00.000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "queues" {
  config_path                             = "${get_terragrunt_dir()}/../queues"
  mock_outputs                            = { queue_arns = { audit = "arn:aws:sqs:us-east-1:000000000000:mock-audit", audit-failures = "arn:aws:sqs:us-east-1:000000000000:mock-audit-failures" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  name            = "${local.context.name}-audit-writer"
  description     = "Writes an audit record for every changed review and every event on the bus"
  package         = { filename = "artifacts/audit_writer.zip" }
  role_arn        = dependency.iam.outputs.role_arns["audit-writer"]
  log_kms_key_arn = dependency.platform_keys.outputs.key_arns["logs"]
  environment     = { TABLE_NAME = dependency.tables.outputs.table_names["audit-logs"], KEEP_DAYS = "730" } # two yearly audits

  event_sources = {
    reviews = {
      arn    = dependency.tables.outputs.table_stream_arns["reviews"]
      stream = { on_failure_arn = dependency.queues.outputs.queue_arns["audit-failures"], maximum_retry_attempts = 3 }
    }
    events = { arn = dependency.queues.outputs.queue_arns["audit"] }
  }
}
