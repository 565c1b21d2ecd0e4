resource "aws_chatbot_slack_channel_configuration" "this" {
  for_each = var.slack_channels

  configuration_name    = "${var.name}-${each.key}"
  slack_team_id         = each.value.team_id
  slack_channel_id      = each.value.channel_id
  iam_role_arn          = aws_iam_role.this[0].arn
  guardrail_policy_arns = [local.may_read] # whatever the role is given later, a room reads and never changes
  logging_level         = "ERROR"
  sns_topic_arns        = var.topic_arns
  tags                  = var.tags

  depends_on = [aws_iam_role_policy_attachment.read]
}
