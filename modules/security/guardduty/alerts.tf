# GuardDuty itself tells nobody: a finding is an event, and this is how people hear of it.
resource "aws_cloudwatch_event_rule" "findings" {
  count = var.alerts == null ? 0 : 1

  name        = "${var.name}-guardduty"
  description = "GuardDuty findings of severity ${var.alerts.severity} and above"
  tags        = var.tags

  event_pattern = jsonencode({
    source      = ["aws.guardduty"]
    detail-type = ["GuardDuty Finding"]
    detail      = { severity = [{ numeric = [">=", var.alerts.severity] }] }
  })
}

resource "aws_cloudwatch_event_target" "findings" {
  count = var.alerts == null ? 0 : 1

  rule      = aws_cloudwatch_event_rule.findings[0].name
  target_id = "alerts"
  arn       = var.alerts.topic_arn

  input_transformer {
    input_paths = {
      account  = "$.detail.accountId"
      region   = "$.detail.region"
      severity = "$.detail.severity"
      title    = "$.detail.title"
      type     = "$.detail.type"
    }
    input_template = "\"GuardDuty, severity <severity>, account <account>, <region>: <title> (<type>)\""
  }
}
