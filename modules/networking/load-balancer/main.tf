locals {
  is_application = var.type == "application"
  # Elastic Load Balancing takes 32 characters; a longer name keeps its start and gets a hash that does not change.
  load_balancer_name = length(var.name) <= 32 ? var.name : "${trimsuffix(substr(var.name, 0, 25), "-")}-${substr(sha1(var.name), 0, 6)}"
}

resource "aws_lb" "this" {
  name                             = local.load_balancer_name
  load_balancer_type               = var.type
  internal                         = !var.internet_facing
  subnets                          = values(var.subnet_ids)
  security_groups                  = var.security_group_ids
  enable_deletion_protection       = var.deletion_protection
  enable_cross_zone_load_balancing = true
  # Headers that a server may read differently from the balancer are how requests are smuggled.
  drop_invalid_header_fields = local.is_application ? true : null
  desync_mitigation_mode     = local.is_application ? "defensive" : null
  idle_timeout               = local.is_application ? var.idle_timeout_seconds : null
  tags                       = var.tags

  dynamic "access_logs" {
    for_each = var.access_logs == null ? [] : [var.access_logs]

    content {
      enabled = true
      bucket  = access_logs.value.bucket_name
      prefix  = access_logs.value.prefix
    }
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count = var.web_acl == null ? 0 : 1

  resource_arn = aws_lb.this.arn
  web_acl_arn  = var.web_acl.arn
}
