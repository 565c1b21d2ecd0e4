resource "aws_cloudwatch_event_archive" "this" {
  count = var.existing_bus == null && var.archive != null ? 1 : 0

  # 48 characters is the API's limit (validated at the bus's name).
  name             = var.name
  description      = "Events of ${var.name}, kept for a replay."
  event_source_arn = aws_cloudwatch_event_bus.this[0].arn
  event_pattern    = var.archive.event_pattern
  retention_days   = var.archive.retention_days
}
