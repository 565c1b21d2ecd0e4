# The event bus that the services talk by, and where its events go. What cannot be delivered is set aside.
terraform { source = "${get_repo_root()}/modules//messaging/eventbridge" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  source  = "${local.context.project}.bookstore"
}

dependency "queues" {
  config_path                             = "${get_terragrunt_dir()}/../queues"
  mock_outputs                            = { queue_arns = { audit = "arn:aws:sqs:us-east-1:000000000000:mock-audit", event-failures = "arn:aws:sqs:us-east-1:000000000000:mock-failures" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "topics" {
  config_path                             = "${get_terragrunt_dir()}/../topics"
  mock_outputs                            = { topic_arns = { orders = "arn:aws:sns:us-east-1:000000000000:mock-orders" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  description = "What happens in the bookstore"

  rules = {
    # Whoever sends it: an event of a partner's account is audited like one of our own.
    audit = {
      description   = "Every event leaves an audit record"
      event_pattern = jsonencode({ source = [{ prefix = "${local.context.project}." }] })
      targets = { queue = {
        arn             = dependency.queues.outputs.queue_arns["audit"]
        dead_letter_arn = dependency.queues.outputs.queue_arns["event-failures"]
      } }
    }
    orders = {
      description   = "Orders are told to whoever subscribed"
      event_pattern = jsonencode({ source = [local.source], detail-type = [{ prefix = "Order" }] })
      targets = { topic = {
        arn             = dependency.topics.outputs.topic_arns["orders"]
        input_path      = "$.detail"
        dead_letter_arn = dependency.queues.outputs.queue_arns["event-failures"]
      } }
    }
  }
}
