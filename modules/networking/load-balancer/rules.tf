resource "aws_lb_listener_rule" "this" {
  for_each = { for key, rule in var.rules : key => rule if !rule.weights_moved_by_releases }

  listener_arn = local.main_listener_arn
  priority     = each.value.priority
  tags         = var.tags

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

  action {
    type = "forward"

    forward {
      dynamic "target_group" {
        for_each = each.value.forward

        content {
          arn    = aws_lb_target_group.this[target_group.key].arn
          weight = target_group.value
        }
      }
    }
  }
}

# The same rule for traffic that a release shifts step by step: the next apply must not put the weights back.
resource "aws_lb_listener_rule" "released" {
  for_each = { for key, rule in var.rules : key => rule if rule.weights_moved_by_releases }

  listener_arn = local.main_listener_arn
  priority     = each.value.priority
  tags         = var.tags

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

  action {
    type = "forward"

    forward {
      dynamic "target_group" {
        for_each = each.value.forward

        content {
          arn    = aws_lb_target_group.this[target_group.key].arn
          weight = target_group.value
        }
      }
    }
  }

  lifecycle {
    # Releases move the weights through the API; what they left is right, and drift here is what they did.
    ignore_changes = [action]
  }
}
