# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_vpc_endpoint" {
    defaults = { dns_entry = [{ dns_name = "vpce-1.example.com", hosted_zone_id = "Z1" }] }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111111111111:log-group:acme" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/acme" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
}

variables {
  name           = "acme-dev-shop"
  account_id     = "111111111111"
  vpc_cidr_block = "10.20.0.0/16"

  tiers = {
    public  = { newbits = 8, zones = { us-east-1a = 0, us-east-1b = 1 } }
    private = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2 } }
  }
  nat_gateway_zones   = ["us-east-1a"]
  interface_endpoints = { events = {} }

  security_groups = {
    worker = {
      egress = {
        tables = { description = "Read and write tables", from_port = 443, gateway_endpoint = "dynamodb" }
        events = { description = "Publish events", from_port = 443, group = "endpoints" }
      }
    }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.vpc_id == module.vpc.vpc_id
    error_message = "got ${jsonencode(output.vpc_id)}"
  }

  assert {
    condition     = output.subnet_ids == module.subnets.subnet_ids
    error_message = "got ${jsonencode(output.subnet_ids)}"
  }

  assert {
    condition     = output.route_table_ids == module.subnets.route_table_ids
    error_message = "got ${jsonencode(output.route_table_ids)}"
  }

  assert {
    condition     = output.security_group_ids == module.security_groups.security_group_ids
    error_message = "got ${jsonencode(output.security_group_ids)}"
  }

  assert {
    condition     = output.network_acl_ids == module.network_acls.network_acl_ids
    error_message = "got ${jsonencode(output.network_acl_ids)}"
  }

  assert {
    condition     = output.vpc_endpoint_ids == module.vpc_endpoints.vpc_endpoint_ids
    error_message = "got ${jsonencode(output.vpc_endpoint_ids)}"
  }

  assert {
    condition     = output.prefix_list_ids == module.vpc_endpoints.prefix_list_ids
    error_message = "got ${jsonencode(output.prefix_list_ids)}"
  }
}
