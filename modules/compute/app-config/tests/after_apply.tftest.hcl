# What a plan cannot show, because AWS gives it: the ids that readers name, and the ARN of their permission.
mock_provider "aws" {
  mock_resource "aws_appconfig_environment" {
    defaults = {
      arn            = "arn:aws:appconfig:us-east-1:111111111111:application/app1234/environment/env1234"
      environment_id = "env1234"
    }
  }
  mock_resource "aws_appconfig_configuration_profile" {
    defaults = { configuration_profile_id = "prf1234" }
  }
  mock_resource "aws_appconfig_hosted_configuration_version" {
    defaults = { version_number = 1 }
  }
  mock_resource "aws_appconfig_application" {
    defaults = { id = "app1234" }
  }
  mock_resource "aws_appconfig_deployment_strategy" {
    defaults = { id = "str1234" }
  }
}

variables {
  name  = "acme"
  flags = { new = { description = "New.", enabled = true } }
}

run "a_reader_gets_its_ids_and_its_permission" {
  assert {
    condition     = output.application_id == "app1234"
    error_message = "got ${output.application_id}"
  }
  assert {
    condition     = output.environment_id == "env1234"
    error_message = "got ${output.environment_id}"
  }
  assert {
    condition     = output.profile_id == "prf1234"
    error_message = "got ${output.profile_id}"
  }
  assert {
    condition     = output.configuration_arn == "arn:aws:appconfig:us-east-1:111111111111:application/app1234/environment/env1234/configuration/prf1234"
    error_message = "got ${output.configuration_arn}"
  }
}
