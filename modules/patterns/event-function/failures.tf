module "failures" {
  source = "../../messaging/sqs"

  name        = var.name
  kms_key_arn = var.kms_key_arn
  queues = {
    for key in keys(var.functions) : "${key}-dlq" => {
      holds_failures = true
      policy_statements = {
        for sid in ["FromRules"] : sid => {
          actions    = ["SendMessage"]
          services   = ["events.amazonaws.com"]
          conditions = { rules = { test = "ArnEquals", variable = "aws:SourceArn", values = local._arns_by_function[key] } }
        } if length(local._arns_by_function[key]) > 0
      }
    }
  }
  tags = var.tags
}

locals {
  _arns_by_function = { for key in keys(var.functions) : key => [for rule in local.rule_arns : rule.arn if rule.function == key] }
}
