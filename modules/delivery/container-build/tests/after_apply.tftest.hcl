# What a plan cannot show, because AWS gives it: the project's ARN.
mock_provider "aws" {}

variables {
  name        = "acme-build"
  role_arn    = "arn:aws:iam::111111111111:role/acme-build"
  kms_key_arn = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
  buildspec   = "buildspec.yml"
}

run "the_arn_comes_out" {
  assert {
    condition     = output.project_arn == aws_codebuild_project.this.arn
    error_message = "got ${output.project_arn}"
  }
}
