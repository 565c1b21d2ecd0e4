module "given" {
  source = "./prerequisites"
  name   = "acme-flags"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "acme-flags-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "acme/flags"
  period              = 60
  statistic           = "Sum"
  threshold           = 10
}

module "feature_flags" {
  source = "./modules/compute/app-config"

  name        = "acme-flags"
  kms_key_arn = module.given.key_arn
  flags = {
    one-page-checkout = {
      description = "The new checkout, for a share of the customers."
      enabled     = true
      attributes  = { percent = "10", variant = "b" }
    }
    gift-cards = { description = "Gift cards can be bought.", enabled = false }
  }
  # At once: a rollout that takes minutes is waited for.
  rollout         = { minutes = 0, step_percent = 100, watched_minutes = 0 }
  rollback_alarms = { arns = { errors = aws_cloudwatch_metric_alarm.errors.arn }, role_arn = module.given.role_arn }
}
