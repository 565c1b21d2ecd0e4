# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/acme" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/acme/0123456789abcdef" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}", minified_json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name       = "acme-dev-pyshop-api"
  account_id = "111111111111"
  cluster    = { arn = "arn:aws:ecs:us-east-1:111111111111:cluster/acme-dev-pyshop", name = "acme-dev-pyshop" }
  repository = {
    arn = "arn:aws:ecr:us-east-1:111111111111:repository/acme-dev-pyshop/api"
    url = "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-dev-pyshop/api"
  }
  container = {
    port           = 8000
    secret_arns    = { DATABASE_URL = "arn:aws:secretsmanager:us-east-1:111111111111:secret:acme-dev-pyshop-db-connection-AbCdEf:DATABASE_URL::" }
    writable_paths = ["/tmp"]
  }
  environment = { ENVIRONMENT = "dev" }
  listener = {
    arn                      = "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/acme-dev-pyshop/0123456789abcdef/0123456789abcdef"
    load_balancer_arn_suffix = "app/acme-dev-pyshop/0123456789abcdef"
    rules                    = { everything = { priority = 100, paths = ["/*"] } }
  }
  network = {
    vpc_id             = "vpc-0123456789abcdef0"
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  task              = { cpu = 512, memory_mb = 1024 }
  scaling           = { minimum = 2, maximum = 10, cpu_percent = 70, memory_percent = 80 }
  capacity_strategy = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 1 } }
  alarm_topic_arns  = ["arn:aws:sns:us-east-1:111111111111:acme-dev-platform-alerts"]
  tags              = { System = "pyshop" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.role_arns == module.roles.role_arns
    error_message = "got ${jsonencode(output.role_arns)}"
  }

  assert {
    condition     = output.scaling_resource_id == module.service.scaling_resource_id
    error_message = "got ${jsonencode(output.scaling_resource_id)}"
  }

  assert {
    condition     = output.task_definition_arn == module.service.task_definition_arn
    error_message = "got ${jsonencode(output.task_definition_arn)}"
  }
}
