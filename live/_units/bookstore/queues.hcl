# The queues of bookstore: work that waits for a function or a service, and what nobody could do.
terraform { source = "${get_repo_root()}/modules//messaging/sqs" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  name    = local.context.name
  here    = "${local.context.region}:${local.context.account_id}"
  account = { test = "StringEquals", variable = "aws:SourceAccount", values = [local.context.account_id] }
}

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { messaging = "arn:aws:kms:us-east-1:000000000000:key/mock-messaging" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  kms_key_arn = dependency.platform_keys.outputs.key_arns["messaging"]

  queues = {
    # Six times as long as its function may run, as Lambda wants it.
    audit = {
      visibility_timeout_seconds = 180
      dead_letter                = { max_receive_count = 3 }
      policy_statements = { FromRules = {
        actions  = ["SendMessage"]
        services = ["events.amazonaws.com"]
        conditions = { rules = {
          test     = "ArnLike"
          variable = "aws:SourceArn"
          values   = ["arn:aws:events:${local.here}:rule/${local.name}/*"]
        } }
      } }
    }

    images = {
      visibility_timeout_seconds = 360
      dead_letter                = { max_receive_count = 3 } # a picture that cannot be read will not become readable
      policy_statements = { FromBucket = {
        actions  = ["SendMessage"]
        services = ["s3.amazonaws.com"]
        conditions = {
          account = local.account
          bucket  = { test = "ArnEquals", variable = "aws:SourceArn", values = ["arn:aws:s3:::${local.name}-images-${local.context.account_id}"] }
        }
      } }
    }

    # Read by the notifications service.
    notifications = {
      visibility_timeout_seconds = 60
      policy_statements = { FromTopic = {
        actions    = ["SendMessage"]
        services   = ["sns.amazonaws.com"]
        conditions = { topic = { test = "ArnEquals", variable = "aws:SourceArn", values = ["arn:aws:sns:${local.here}:${local.name}-orders"] } }
      } }
    }

    # What the audit function gave up of the stream.
    audit-failures = { holds_failures = true }

    # What a rule or a topic could not deliver.
    event-failures = {
      holds_failures = true
      policy_statements = {
        FromRules = { actions = ["SendMessage"], services = ["events.amazonaws.com"], conditions = { account = local.account } }
        FromTopic = { actions = ["SendMessage"], services = ["sns.amazonaws.com"], conditions = { account = local.account } }
      }
    }
  }
}
