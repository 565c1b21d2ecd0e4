# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name   = "acme-dev-platform"
  alerts = { topic_arn = "arn:aws:sns:us-east-1:111111111111:acme-dev-platform-alerts" }

  features = {
    S3_DATA_EVENTS     = []
    RUNTIME_MONITORING = ["ECS_FARGATE_AGENT_MANAGEMENT"]
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.detector_arn == aws_guardduty_detector.this.arn
    error_message = "got ${jsonencode(output.detector_arn)}"
  }

  assert {
    condition     = output.detector_id == aws_guardduty_detector.this.id
    error_message = "got ${jsonencode(output.detector_id)}"
  }
}
