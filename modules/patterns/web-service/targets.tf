locals {
  blue_green = var.deployment.blue_green != null

  # CodeDeploy exchanges two sets of tasks, so it needs two groups of the same settings.
  _sides       = local.blue_green ? ["blue", "green"] : ["tasks"]
  first_target = local._sides[0]

  # Elastic Load Balancing takes 32 characters. Port and protocol stand in the name, because AWS cannot change those of a
  # group: the new group must be able to stand beside the old one until the rules have let go of it.
  _spoken = [for word in [var.container.protocol, var.container.protocol_version] : lower(word) if !contains(["HTTP", "HTTP1"], word)]
  _full_names = { for side in local._sides : side => join("-", concat(
    compact([var.name, local.blue_green ? side : "", var.container.port]), local._spoken
  )) }
  target_group_names = { for side, full in local._full_names : side => length(full) <= 32 ? full : (
    "${trimsuffix(substr(full, 0, 25), "-")}-${substr(sha1(full), 0, 6)}"
  ) }

  rules = merge({}, var.listener[*].rules...)

  # ECS refuses a target group that no listener uses yet; asking for the rules makes the service wait for them.
  targets = length(aws_lb_listener_rule.this) + length(aws_lb_listener_rule.released) == 0 ? {} : {
    main = { target_group_arn = aws_lb_target_group.this[local.first_target].arn }
  }
}

# Of a container that speaks HTTPS the balancer takes any certificate, self-signed or expired:
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
resource "aws_lb_target_group" "this" {
  for_each = var.listener == null ? [] : toset(local._sides)

  name                 = local.target_group_names[each.key]
  vpc_id               = var.network.vpc_id
  port                 = var.container.port
  protocol             = var.container.protocol
  protocol_version     = var.container.protocol_version
  target_type          = "ip" # a Fargate task is an address, not an instance
  deregistration_delay = var.listener.deregistration_seconds
  slow_start           = var.listener.slow_start_seconds
  tags                 = var.tags

  health_check {
    protocol            = var.container.protocol
    path                = var.listener.health_check.path
    matcher             = var.listener.health_check.matcher
    interval            = var.listener.health_check.interval_seconds
    timeout             = var.listener.health_check.timeout_seconds
    healthy_threshold   = var.listener.health_check.healthy_count
    unhealthy_threshold = var.listener.health_check.unhealthy_count
  }

  dynamic "stickiness" {
    for_each = var.listener.stickiness_seconds[*]

    content {
      type            = "lb_cookie"
      cookie_duration = stickiness.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener_rule" "this" {
  for_each = local.blue_green ? {} : local.rules

  listener_arn = var.listener.arn
  priority     = each.value.priority
  tags         = merge(var.tags, { Name = "${var.name}-${each.key}" })

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[local.first_target].arn
  }

  dynamic "condition" {
    for_each = length(each.value.hosts) == 0 ? [] : [each.value.hosts]

    content {
      host_header { values = condition.value }
    }
  }

  dynamic "condition" {
    for_each = length(each.value.paths) == 0 ? [] : [each.value.paths]

    content {
      path_pattern { values = condition.value }
    }
  }

  dynamic "condition" {
    for_each = each.value.headers

    content {
      http_header {
        http_header_name = condition.key
        values           = condition.value
      }
    }
  }
}

# The same rules, whose traffic CodeDeploy moves between blue and green.
resource "aws_lb_listener_rule" "released" {
  for_each = local.blue_green ? local.rules : {}

  listener_arn = var.listener.arn
  priority     = each.value.priority
  tags         = merge(var.tags, { Name = "${var.name}-${each.key}" })

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[local.first_target].arn
  }

  dynamic "condition" {
    for_each = length(each.value.hosts) == 0 ? [] : [each.value.hosts]

    content {
      host_header { values = condition.value }
    }
  }

  dynamic "condition" {
    for_each = length(each.value.paths) == 0 ? [] : [each.value.paths]

    content {
      path_pattern { values = condition.value }
    }
  }

  dynamic "condition" {
    for_each = each.value.headers

    content {
      http_header {
        http_header_name = condition.key
        values           = condition.value
      }
    }
  }

  lifecycle {
    # Which of the two groups has the traffic is what the last release decided; an apply must not put it back.
    ignore_changes = [action]
  }
}
