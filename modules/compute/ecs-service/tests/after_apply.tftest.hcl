# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name    = "acme-dev-storefront-product"
  cluster = { arn = "arn:aws:ecs:us-east-1:111111111111:cluster/acme-dev-storefront", name = "acme-dev-storefront" }
  container = {
    image          = "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-dev-storefront/product"
    port           = 8000
    environment    = { ENVIRONMENT = "dev" }
    secret_arns    = { DATABASE_URL = "arn:aws:secretsmanager:us-east-1:111111111111:secret:acme-dev-storefront-db-AbCdEf:DATABASE_URL::" }
    writable_paths = ["/tmp"]
    health_command = "curl -fsS http://localhost:8000/healthz"
  }
  execution_role_arn = "arn:aws:iam::111111111111:role/acme-dev-storefront-product-execution"
  task_role_arn      = "arn:aws:iam::111111111111:role/acme-dev-storefront-product"
  security_group_ids = ["sg-0a1b2c3d4e5f60001"]
  subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  targets = {
    web = { target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/product/0a1b2c3d4e5f6000" }
  }

  capacity_strategy = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 3 } }
  scaling = {
    minimum = 1
    maximum = 4
    schedules = {
      evening = { expression = "cron(0 20 ? * MON-FRI *)", minimum = 0, maximum = 0, timezone = "Europe/Berlin" }
      morning = { expression = "cron(0 7 ? * MON-FRI *)", minimum = 1, maximum = 4, timezone = "Europe/Berlin" }
    }
  }
  tags = { System = "storefront", Module = "product" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.task_definition_arn == aws_ecs_task_definition.this.arn
    error_message = "got ${jsonencode(output.task_definition_arn)}"
  }
}
