module "mail" {
  source = "../../messaging/ses"

  name               = var.name
  identities         = var.identities
  event_destinations = var.mail_event_destinations
  templates          = var.templates
  tags               = var.tags
}

module "topics" {
  source = "../../messaging/sns"

  name        = var.name
  kms_key_arn = var.kms_key_arn
  topics      = var.topics
  tags        = var.tags
}
