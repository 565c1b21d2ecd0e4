module "given" {
  source = "./prerequisites"
  name   = "acme-sqs"
}

module "queues" {
  source = "./modules/messaging/sqs"

  name        = "acme-sqs"
  kms_key_arn = module.given.key_arn
  queues = {
    orders  = { visibility_timeout_seconds = 120 }
    refunds = { fifo = true, dead_letter = { max_receive_count = 3, retention_days = 7 } }
    mailer-failures = {
      holds_failures = true
      policy_statements = {
        FromRules = {
          actions  = ["SendMessage"]
          services = ["events.amazonaws.com"]
          conditions = {
            account = { test = "StringEquals", variable = "aws:SourceAccount", values = [module.given.account_id] }
          }
        }
      }
    }
  }
  tags = { System = "rehearsal" }
}
