module "given" {
  source = "./prerequisites"
  name   = "acme-mail"
}

module "mail" {
  source = "./modules/messaging/ses"

  name = "acme-mail"
  identities = {
    shop    = { identity = "mail.example.com", mail_from = {} }
    reports = { identity = "reports@example.com" }
  }
  event_destinations = {
    failures = { topic_arn = module.given.topic_arn }
    counts   = { metric_dimensions = { kind = "none" }, event_types = ["SEND", "DELIVERY", "BOUNCE"] }
  }
  templates = {
    report-ready = {
      subject = "Report of {{day}}"
      text    = "The report of {{day}} is ready: {{link}}"
      html    = "<p>The report of {{day}} is <a href=\"{{link}}\">ready</a>.</p>"
    }
  }
}
