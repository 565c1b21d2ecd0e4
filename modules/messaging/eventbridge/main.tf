locals {
  bus_name = coalesce(var.existing_bus_name, one(aws_cloudwatch_event_bus.this[*].name))
}

resource "aws_cloudwatch_event_bus" "this" {
  count = var.existing_bus_name == null ? 1 : 0

  name               = var.name
  description        = var.description
  kms_key_identifier = var.kms_key_arn

  tags = var.tags
}
