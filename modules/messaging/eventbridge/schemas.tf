resource "aws_schemas_discoverer" "this" {
  count = var.schema_registry == null ? 0 : 1

  source_arn  = aws_cloudwatch_event_bus.this[0].arn
  description = "Reads the schemas of what passes ${var.name}."

  tags = var.tags
}

# The discoverer writes to its own registry; this one holds the schemas that a team publishes by hand.
resource "aws_schemas_registry" "this" {
  count = var.schema_registry == null ? 0 : 1

  name        = var.name
  description = var.schema_registry.description

  tags = var.tags
}
