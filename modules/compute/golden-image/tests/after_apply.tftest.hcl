# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_imagebuilder_component" {
    defaults = { arn = "arn:aws:imagebuilder:us-east-1:111111111111:component/acme/1.0.0/1" }
  }
  mock_resource "aws_imagebuilder_image_recipe" {
    defaults = { arn = "arn:aws:imagebuilder:us-east-1:111111111111:image-recipe/acme/1.0.0" }
  }
  mock_resource "aws_imagebuilder_infrastructure_configuration" {
    defaults = { arn = "arn:aws:imagebuilder:us-east-1:111111111111:infrastructure-configuration/acme" }
  }
  mock_resource "aws_imagebuilder_distribution_configuration" {
    defaults = { arn = "arn:aws:imagebuilder:us-east-1:111111111111:distribution-configuration/acme" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name                  = "acme-prod-platform-base"
  parent_image          = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-arm64/x.x.x"
  execution_role_arn    = "arn:aws:iam::333333333333:role/acme-prod-platform-image-builder"
  instance_profile_name = "acme-prod-platform-image-builder"
  managed_components    = ["update-linux", "amazon-cloudwatch-agent-linux"]
  components = {
    harden = <<-EOT
      name: harden
      schemaVersion: 1.0
      phases:
        - name: build
          steps:
            - name: NoRootLogin
              action: ExecuteBash
              inputs:
                commands: ["passwd --lock root"]
    EOT
  }
  regions = {
    us-east-1 = {}
    us-west-2 = {}
  }
  tags = { System = "platform", Module = "golden-image" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.pipeline_arn == aws_imagebuilder_image_pipeline.this.arn
    error_message = "got ${jsonencode(output.pipeline_arn)}"
  }
}
