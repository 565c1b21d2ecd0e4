# What a plan cannot show, because it is made of ARNs that AWS gives: what a mailer is told, and the outputs.
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
  mock_resource "aws_lambda_alias" {
    defaults = { arn = "arn:aws:lambda:us-east-1:111111111111:function:acme-mailer:live" }
  }
  mock_resource "aws_sesv2_email_identity" {
    defaults = {
      arn                     = "arn:aws:ses:us-east-1:111111111111:identity/example.com"
      dkim_signing_attributes = { tokens = ["one"] }
    }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:111111111111:acme-reports" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:us-east-1:111111111111:acme-mailer-dlq", url = "https://sqs/acme-mailer-dlq" }
  }
}

variables {
  name        = "acme"
  account_id  = "111111111111"
  kms_key_arn = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
  bus_name    = "acme"
  identities  = { shop = { identity = "example.com" } }
  recipients  = ["b@example.com", "a@example.com"]
  templates   = { ready = { subject = "s", text = "t" } }
  topics      = { reports = {} }
  mailers = {
    mailer = {
      environment   = { COLOUR = "blue", SENDER = "somebody-else@example.org" }
      event_pattern = "{\"source\":[\"acme.orders\"]}"
      filename      = "artifacts/report_mailer.zip"
      role_arn      = "arn:aws:iam::111111111111:role/acme"
      sender        = "reports@example.com"
      template      = "ready"
      topic         = "reports"
    }
  }
}

run "a_mailer_is_told_whom_to_write_as_whom_and_where" {
  assert {
    condition = local.environments["mailer"] == {
      COLOUR        = "blue"
      RECIPIENTS    = "a@example.com,b@example.com"
      SENDER        = "reports@example.com"
      TEMPLATE_NAME = "acme-ready"
      TOPIC_ARN     = "arn:aws:sns:us-east-1:111111111111:acme-reports"
    }
    error_message = "got ${jsonencode(local.environments)}"
  }
}

run "arns_and_addresses_come_out_by_key" {
  assert {
    condition     = output.topic_arns == { reports = "arn:aws:sns:us-east-1:111111111111:acme-reports" }
    error_message = "got ${jsonencode(output.topic_arns)}"
  }

  assert {
    condition     = output.identity_arns == { shop = "arn:aws:ses:us-east-1:111111111111:identity/example.com" }
    error_message = "got ${jsonencode(output.identity_arns)}"
  }

  assert {
    condition     = output.dns_records["shop"][0].name == "one._domainkey.example.com"
    error_message = "got ${jsonencode(output.dns_records)}"
  }

  assert {
    condition     = output.function_arns == { mailer = "arn:aws:lambda:us-east-1:111111111111:function:acme-mailer:live" }
    error_message = "got ${jsonencode(output.function_arns)}"
  }

  assert {
    condition     = output.dead_letter_queue_urls == { mailer = "https://sqs/acme-mailer-dlq" }
    error_message = "got ${jsonencode(output.dead_letter_queue_urls)}"
  }
}
