# What a plan cannot show, because it is made of ARNs that AWS gives.
mock_provider "aws" {
  mock_resource "aws_cloudwatch_event_bus" {
    defaults = { arn = "arn:aws:events:us-east-1:111111111111:event-bus/acme" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name  = "acme"
  rules = { paid = { event_pattern = "{\"source\":[\"acme.orders\"]}" } }
}

run "a_bus_comes_with_its_archive_and_its_arns" {
  assert {
    condition     = aws_cloudwatch_event_archive.this[0].event_source_arn == aws_cloudwatch_event_bus.this[0].arn
    error_message = "got ${aws_cloudwatch_event_archive.this[0].event_source_arn}"
  }

  assert {
    condition     = output.bus_arn == aws_cloudwatch_event_bus.this[0].arn && output.archive_arn == aws_cloudwatch_event_archive.this[0].arn
    error_message = "got ${jsonencode([output.bus_arn, output.archive_arn])}"
  }

  assert {
    condition     = output.rule_arns == { paid = aws_cloudwatch_event_rule.this["paid"].arn }
    error_message = "got ${jsonencode(output.rule_arns)}"
  }
}

run "schemas_are_read_from_the_bus" {
  variables { schema_registry = {} }

  assert {
    condition     = aws_schemas_discoverer.this[0].source_arn == aws_cloudwatch_event_bus.this[0].arn
    error_message = "got ${aws_schemas_discoverer.this[0].source_arn}"
  }
}
