# In place of the entity that this module is for: a log group, so that there is something to plan and to test.
resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.name}"
  retention_in_days = var.retention_days
  tags              = var.tags
}
