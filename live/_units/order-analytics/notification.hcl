# Who hears of a finished report: people by mail from the system's own domain, programs by the topic.
terraform {
  source = "${get_repo_root()}/modules//patterns/notification"

  before_hook "package" {
    commands = ["plan", "apply", "destroy", "refresh", "import", "validate"]
    execute  = ["python3", "${get_repo_root()}/scripts/package_function.py", "report_mailer"]
  }
}

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "iam" {
  config_path                             = "${get_terragrunt_dir()}/../iam"
  mock_outputs                            = { role_arns = { report-mailer = "arn:aws:iam::000000000000:role/mock-report-mailer" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "events" {
  config_path                             = "${get_terragrunt_dir()}/../event-processing"
  mock_outputs                            = { bus_name = "mock-bus" }
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
  account_id           = local.context.account_id
  kms_key_arn          = dependency.keys.outputs.key_arns["messaging"]
  failures_kms_key_arn = dependency.keys.outputs.key_arns["messaging"]
  log_kms_key_arn      = dependency.keys.outputs.key_arns["logs"]

  bus_name   = dependency.events.outputs.bus_name
  identities = { domain = { identity = local.context.domain } }
  recipients = local.context.alert_emails

  mailers = {
    report-mailer = {
      description   = "Mails the link of a report and publishes it to the topic"
      event_pattern = jsonencode({ source = ["${local.context.project}.orders"], detail-type = ["ReportReady"] })
      filename      = "artifacts/report_mailer.zip"
      role_arn      = dependency.iam.outputs.role_arns["report-mailer"]
      sender        = "reports@${local.context.domain}"
      template      = "report-ready"
      topic         = "reports"
    }
  }
}
