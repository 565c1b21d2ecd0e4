# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name = "acme-dev-storefront"
  default_strategy = {
    FARGATE      = { base = 1 }
    FARGATE_SPOT = { weight = 3 }
  }
  log_retention_days = 30
  tags               = { System = "storefront", Module = "cluster" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.arn == aws_ecs_cluster.this.arn
    error_message = "got ${jsonencode(output.arn)}"
  }
}
