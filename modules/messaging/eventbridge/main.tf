locals {
  bus_name = var.existing_bus == null ? one(aws_cloudwatch_event_bus.this[*].name) : var.existing_bus.name
}

resource "aws_cloudwatch_event_bus" "this" {
  count = var.existing_bus == null ? 1 : 0

  name               = var.name
  description        = var.description
  kms_key_identifier = var.kms_key_arn

  tags = var.tags
}
