module "given" {
  source = "./prerequisites"
  name   = "acme-chat"
}

module "chat" {
  source = "./modules/monitoring/chat"

  name       = "acme-chat"
  account_id = module.given.account_id
  topic_arns = [module.given.topic_arn]

  slack_channels = {
    on-call = { team_id = "T0ABCDEF1", channel_id = "C0ABCDEF1" }
  }
}
