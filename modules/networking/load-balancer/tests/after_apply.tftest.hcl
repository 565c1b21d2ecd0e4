# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/acme/0123456789abcdef" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/acme/0123456789abcdef" }
  }
  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/acme/0123456789abcdef/0123456789abcdef" }
  }
}

variables {
  name               = "acme-dev-shop"
  internet_facing    = true
  vpc_id             = "vpc-0123456789abcdef0"
  subnet_ids         = { us-east-1a = "subnet-0123456789abcdef0", us-east-1b = "subnet-0123456789abcdef1" }
  security_group_ids = ["sg-0123456789abcdef0"]
  certificate_arn    = "arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000"
  access_logs        = { bucket_name = "acme-dev-platform-logs", prefix = "shop" }

  target_groups = {
    cart    = { port = 8000 }
    product = { port = 8000, blue_green = true }
  }
  rules = {
    cart    = { priority = 10, paths = ["/cart/*"], forward = { cart = 1 } }
    product = { priority = 20, paths = ["/products/*"], forward = { product-blue = 90, product-green = 10 } }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.load_balancer_arn == aws_lb.this.arn
    error_message = "got ${jsonencode(output.load_balancer_arn)}"
  }

  assert {
    condition     = output.load_balancer_arn_suffix == aws_lb.this.arn_suffix
    error_message = "got ${jsonencode(output.load_balancer_arn_suffix)}"
  }

  assert {
    condition     = output.dns_name == aws_lb.this.dns_name
    error_message = "got ${jsonencode(output.dns_name)}"
  }

  assert {
    condition     = output.zone_id == aws_lb.this.zone_id
    error_message = "got ${jsonencode(output.zone_id)}"
  }

  assert {
    condition     = output.target_group_arns == { for key, group in aws_lb_target_group.this : key => group.arn } && length(output.target_group_arns) > 0
    error_message = "got ${jsonencode(output.target_group_arns)}"
  }

  assert {
    condition     = output.target_group_arn_suffixes == { for key, group in aws_lb_target_group.this : key => group.arn_suffix } && length(output.target_group_arn_suffixes) > 0
    error_message = "got ${jsonencode(output.target_group_arn_suffixes)}"
  }

  assert {
    condition     = output.rule_arns == { for key, rule in merge(aws_lb_listener_rule.this, aws_lb_listener_rule.released) : key => rule.arn } && length(output.rule_arns) > 0
    error_message = "got ${jsonencode(output.rule_arns)}"
  }
}

run "a_network_balancer_gives_its_listeners" {
  variables {
    type              = "network"
    certificate_arn   = null
    rules             = {}
    network_listeners = { mail = { port = 25, target_group = "mail" } }
    target_groups     = { mail = { port = 25, protocol = "TCP" } }
  }

  assert {
    condition     = output.network_listener_arns == { for key, listener in aws_lb_listener.network : key => listener.arn } && length(output.network_listener_arns) > 0
    error_message = "got ${jsonencode(output.network_listener_arns)}"
  }
}
