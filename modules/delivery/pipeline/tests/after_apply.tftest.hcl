# What a plan cannot show, because it is made of ARNs that AWS gives.
mock_provider "aws" {
  mock_resource "aws_codepipeline" {
    defaults = { arn = "arn:aws:codepipeline:us-east-1:111111111111:acme" }
  }
  mock_resource "aws_codestarconnections_connection" {
    defaults = { arn = "arn:aws:codestar-connections:us-east-1:111111111111:connection/0f1e2d3c-0000-4000-8000-000000000001" }
  }
}

variables {
  name                    = "acme"
  role_arn                = "arn:aws:iam::111111111111:role/acme"
  artifact_bucket_name    = "acme-artifacts"
  kms_key_arn             = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
  source_repository       = { name = "acme/shop" }
  stages                  = [{ name = "Build", actions = [{ kind = "build", name = "Build", project_name = "acme-build" }] }]
  notification_topic_arns = ["arn:aws:sns:us-east-1:111111111111:acme-alerts"]
}

run "source_and_news_belong_to_this_pipeline" {
  assert {
    condition     = aws_codepipeline.this.stage[0].action[0].configuration["ConnectionArn"] == aws_codestarconnections_connection.this[0].arn
    error_message = "got ${jsonencode(aws_codepipeline.this.stage[0].action[0].configuration)}"
  }

  assert {
    condition     = aws_codestarnotifications_notification_rule.this[0].resource == aws_codepipeline.this.arn
    error_message = "got ${aws_codestarnotifications_notification_rule.this[0].resource}"
  }

  assert {
    condition     = output.pipeline_arn == aws_codepipeline.this.arn && output.connection_arn == aws_codestarconnections_connection.this[0].arn
    error_message = "got ${jsonencode([output.pipeline_arn, output.connection_arn])}"
  }
}
