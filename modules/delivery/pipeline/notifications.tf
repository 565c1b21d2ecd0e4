resource "aws_codestarnotifications_notification_rule" "this" {
  count = length(var.notification_topic_arns) > 0 ? 1 : 0

  name        = var.name
  resource    = aws_codepipeline.this.arn
  detail_type = "FULL"
  event_type_ids = [
    "codepipeline-pipeline-manual-approval-needed",
    "codepipeline-pipeline-pipeline-execution-failed",
    "codepipeline-pipeline-pipeline-execution-succeeded",
  ]

  dynamic "target" {
    for_each = var.notification_topic_arns
    content {
      address = target.value
    }
  }

  tags = var.tags
}
