# What a plan cannot show, because it is made of ARNs that AWS gives: what fails goes to the function's own queue.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_cloudwatch_event_bus" {
    defaults = { arn = "arn:aws:events:us-east-1:111111111111:event-bus/acme" }
  }
  mock_resource "aws_lambda_alias" {
    defaults = { arn = "arn:aws:lambda:us-east-1:111111111111:function:acme-reporter:live" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:us-east-1:111111111111:acme-reporter-dlq", url = "https://sqs/acme-reporter-dlq" }
  }
}

variables {
  name       = "acme"
  account_id = "111111111111"
  functions = {
    reporter = {
      filename = "artifacts/report_generator.zip"
      role_arn = "arn:aws:iam::111111111111:role/acme"
      stream   = { arn = "arn:aws:dynamodb:us-east-1:111111111111:table/orders/stream/2026-01-01T00:00:00.000" }
    }
  }
  rules = { requested = { event_pattern = "{\"source\":[\"acme.orders\"]}", function = "reporter" } }
}

run "all_failures_end_in_the_function_s_queue" {
  assert {
    condition     = local.event_sources["reporter"]["stream"].stream.on_failure_arn == module.failures.queue_arns["reporter-dlq"]
    error_message = "got ${jsonencode(local.event_sources)}"
  }

  assert {
    condition = local.targets["reporter"] == {
      arn             = module.function["reporter"].alias_arn
      dead_letter_arn = module.failures.queue_arns["reporter-dlq"]
    }
    error_message = "got ${jsonencode(local.targets)}"
  }
}

run "arns_and_addresses_come_out_by_key" {
  assert {
    condition     = output.bus_arn == module.events.bus_arn && output.archive_arn == module.events.archive_arn
    error_message = "got ${jsonencode([output.bus_arn, output.archive_arn])}"
  }

  assert {
    condition     = output.function_arns == { reporter = module.function["reporter"].alias_arn }
    error_message = "got ${jsonencode(output.function_arns)}"
  }

  assert {
    condition     = output.dead_letter_queue_urls == { reporter = "https://sqs/acme-reporter-dlq" }
    error_message = "got ${jsonencode(output.dead_letter_queue_urls)}"
  }
}
