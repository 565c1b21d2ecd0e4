# What most modules need and none makes for itself: a network, a role, a key, a topic and a bucket for logs.
# Plain resources, so that what is rehearsed is the module in question alone.

variable "name" {
  description = "Name of the root, which everything here starts with: roots are applied side by side."
  type        = string
  nullable    = false
}

data "aws_caller_identity" "this" {}

locals {
  services = [
    "appconfig", "backup", "build.apigateway", "codebuild", "codedeploy", "codepipeline", "dlm", "ec2", "ecs-tasks",
    "imagebuilder", "lambda", "logs.us-east-1", "scheduler", "synthetics",
  ]
  zones = { us-east-1a = "10.77.0.0/20", us-east-1b = "10.77.16.0/20" }
}

resource "aws_vpc" "this" {
  cidr_block           = "10.77.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

resource "aws_subnet" "this" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_route_table" "this" {
  for_each = local.zones

  vpc_id = aws_vpc.this.id
}

resource "aws_route_table_association" "this" {
  for_each = local.zones

  route_table_id = aws_route_table.this[each.key].id
  subnet_id      = aws_subnet.this[each.key].id
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "Everything of this root"
  vpc_id      = aws_vpc.this.id
}

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = [for service in local.services : "${service}.amazonaws.com"] }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name   = "everything"
  role   = aws_iam_role.this.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_instance_profile" "this" {
  name = var.name
  role = aws_iam_role.this.name
}

resource "aws_kms_key" "this" {
  description             = var.name
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_sns_topic" "this" {
  name = var.name
}

resource "aws_s3_bucket" "logs" {
  bucket        = "${var.name}-logs"
  force_destroy = true
}
