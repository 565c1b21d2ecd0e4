# What bookstore tells the rest of the company, and its own notifications service, about orders.
terraform { source = "${get_repo_root()}/modules//messaging/sns" }

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { messaging = "arn:aws:kms:us-east-1:000000000000:key/mock-messaging" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "queues" {
  config_path                             = "${get_terragrunt_dir()}/../queues"
  mock_outputs                            = { queue_arns = { event-failures = "arn:aws:sqs:us-east-1:000000000000:mock-failures", notifications = "arn:aws:sqs:us-east-1:000000000000:mock-notifications" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  kms_key_arn = dependency.platform_keys.outputs.key_arns["messaging"]

  topics = {
    orders = {
      display_name      = "Orders of the bookstore"
      policy_statements = { EventRules = { services = ["events.amazonaws.com"] } } # meets no condition in a topic's policy
      subscriptions = {
        notifications = {
          protocol             = "sqs"
          endpoint             = dependency.queues.outputs.queue_arns["notifications"]
          raw_message_delivery = true
          dead_letter_arn      = dependency.queues.outputs.queue_arns["event-failures"]
        }
      }
    }
  }
}
