module "given" {
  source = "./prerequisites"
  name   = "acme-guardduty"
}

# The only root that does this: an account and region have one detector.
module "guardduty" {
  source = "./modules/security/guardduty"

  name   = "acme-guardduty"
  alerts = { topic_arn = module.given.topic_arn }

  features = {
    S3_DATA_EVENTS     = []
    RUNTIME_MONITORING = ["ECS_FARGATE_AGENT_MANAGEMENT"]
  }
  organization = { features = { S3_DATA_EVENTS = "ALL", RUNTIME_MONITORING = "NEW" } }
}
