module "given" {
  source = "./prerequisites"
  name   = "acme-notices"
}

module "bus" {
  source = "./modules/messaging/eventbridge"

  name = "acme-notices"
}

module "notification" {
  source = "./modules/patterns/notification"

  name        = "acme-notices"
  account_id  = module.given.account_id
  kms_key_arn = module.given.key_arn
  identities  = { shop = { identity = "notices.example.com" } }
  templates   = { report-ready = { subject = "Report of {{day}}", text = "It is ready: {{link}}" } }
  topics = {
    reports = { subscriptions = { finance = { protocol = "email", endpoint = "finance@example.com" } } }
  }
  bus_name   = module.bus.bus_name
  recipients = ["finance@example.com"]
  mailers = {
    report-mailer = {
      event_pattern = jsonencode({ source = ["acme.orders"], detail-type = ["ReportReady"] })
      filename      = "artifacts/acme_notices.zip"
      role_arn      = module.given.role_arn
      sender        = "reports@notices.example.com"
      template      = "report-ready"
      topic         = "reports"

      security_group_ids = [module.given.security_group_id]
    }
  }
  subnet_ids = values(module.given.subnet_ids)
}
