# The one topic that alarms of every system publish to; people are mailed from it (alert_emails in env.hcl).
terraform { source = "${get_repo_root()}/modules//messaging/sns" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals

  publishers = ["backup", "budgets", "cloudwatch", "codestar-notifications", "costalerts"]
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../kms"
  mock_outputs                            = { key_arns = { messaging = "arn:aws:kms:us-east-1:000000000000:key/mock-messaging" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  kms_key_arn = dependency.keys.outputs.key_arns["messaging"]

  topics = {
    alerts = {
      policy_statements = {
        AwsServices = {
          services = [for publisher in local.publishers : "${publisher}.amazonaws.com"]
          conditions = {
            account = { test = "StringEquals", variable = "aws:SourceAccount", values = [local.context.account_id] }
          }
        }
        EventRules = { services = ["events.amazonaws.com"] } # meets no condition in a topic's policy
      }
      subscriptions = { for address in local.context.alert_emails : address => { protocol = "email", endpoint = address } }
    }
  }
}
