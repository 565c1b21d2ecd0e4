locals {
  # A blue and green pair is two groups of the same settings: "api" becomes "api-blue" and "api-green".
  target_groups = merge([
    for key, group in var.target_groups : {
      for member in group.blue_green ? ["${key}-blue", "${key}-green"] : [key] : member => merge(group, {
        # There is no health check by TLS; a plain connection shows as much.
        check_protocol = coalesce(group.health_check.protocol, group.protocol == "TLS" ? "TCP" : group.protocol)
      })
    }
  ]...)

  # The names share the balancer's limit of 32 characters.
  target_group_names = {
    for key in keys(local.target_groups) : key => length("${var.name}-${key}") <= 32 ? "${var.name}-${key}" : (
      "${trimsuffix(substr("${var.name}-${key}", 0, 25), "-")}-${substr(sha1("${var.name}-${key}"), 0, 6)}"
    )
  }
}

# Of a target that speaks HTTPS the balancer takes any certificate, self-signed or expired: inside a VPC, packets say
# themselves whom they come from.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
resource "aws_lb_target_group" "this" {
  for_each = local.target_groups

  name                 = local.target_group_names[each.key]
  vpc_id               = var.vpc_id
  port                 = each.value.port
  protocol             = each.value.protocol
  protocol_version     = local.is_application ? each.value.protocol_version : null
  target_type          = each.value.target_type
  deregistration_delay = each.value.deregistration_seconds
  slow_start           = local.is_application ? each.value.slow_start_seconds : null
  tags                 = var.tags

  health_check {
    protocol            = each.value.check_protocol
    path                = startswith(each.value.check_protocol, "HTTP") ? each.value.health_check.path : null
    matcher             = startswith(each.value.check_protocol, "HTTP") ? each.value.health_check.matcher : null
    interval            = each.value.health_check.interval_seconds
    timeout             = each.value.health_check.timeout_seconds
    healthy_threshold   = each.value.health_check.healthy_count
    unhealthy_threshold = each.value.health_check.unhealthy_count
  }

  dynamic "stickiness" {
    for_each = each.value.stickiness_seconds == null ? [] : [each.value.stickiness_seconds]

    content {
      type            = "lb_cookie"
      cookie_duration = stickiness.value
    }
  }
}

# A network load balancer in front of an application one: what a REST API's VPC link can reach.
resource "aws_lb_target_group_attachment" "load_balancer" {
  for_each = { for key, group in local.target_groups : key => group if group.target_type == "alb" }

  target_group_arn = aws_lb_target_group.this[each.key].arn
  target_id        = each.value.load_balancer_arn
  port             = each.value.port
}
