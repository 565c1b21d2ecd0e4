locals {
  # Not asked of the certificate's ARN, which may be known only once the certificate exists.
  has_https = local.is_application && !var.allow_plain_http

  # The listener that answers requests: HTTPS, or plain HTTP where that was allowed.
  main_listener_arn = one(concat(aws_lb_listener.https[*].arn, local.has_https ? [] : aws_lb_listener.http[*].arn))
}

resource "aws_lb_listener" "https" {
  count = local.has_https ? 1 : 0

  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = var.ssl_policy
  certificate_arn   = var.certificate_arn
  tags              = var.tags

  dynamic "default_action" {
    for_each = length(var.default_forward) == 0 ? ["nobody"] : []

    content {
      type = "fixed-response"

      fixed_response {
        content_type = "text/plain"
        message_body = "No service answers here."
        status_code  = "404"
      }
    }
  }

  dynamic "default_action" {
    for_each = length(var.default_forward) == 0 ? [] : ["forward"]

    content {
      type = "forward"

      forward {
        dynamic "target_group" {
          for_each = var.default_forward

          content {
            arn    = aws_lb_target_group.this[target_group.key].arn
            weight = target_group.value
          }
        }
      }
    }
  }
}

resource "aws_lb_listener" "http" {
  count = local.is_application ? 1 : 0

  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"
  tags              = var.tags

  dynamic "default_action" {
    for_each = local.has_https ? ["redirect"] : []

    content {
      type = "redirect"

      redirect {
        port        = "443"
        protocol    = "HTTPS"
        status_code = "HTTP_301"
      }
    }
  }

  dynamic "default_action" {
    for_each = !local.has_https && length(var.default_forward) == 0 ? ["nobody"] : []

    content {
      type = "fixed-response"

      fixed_response {
        content_type = "text/plain"
        message_body = "No service answers here."
        status_code  = "404"
      }
    }
  }

  dynamic "default_action" {
    for_each = !local.has_https && length(var.default_forward) > 0 ? ["forward"] : []

    content {
      type = "forward"

      forward {
        dynamic "target_group" {
          for_each = var.default_forward

          content {
            arn    = aws_lb_target_group.this[target_group.key].arn
            weight = target_group.value
          }
        }
      }
    }
  }
}

resource "aws_lb_listener_certificate" "additional" {
  for_each = local.has_https ? var.additional_certificate_arns : {}

  listener_arn    = aws_lb_listener.https[0].arn
  certificate_arn = each.value
}

# A network load balancer hands a port to one target group.
resource "aws_lb_listener" "network" {
  for_each = var.network_listeners

  load_balancer_arn = aws_lb.this.arn
  port              = each.value.port
  protocol          = each.value.certificate_arn == null ? "TCP" : "TLS"
  ssl_policy        = each.value.certificate_arn == null ? null : var.ssl_policy
  certificate_arn   = each.value.certificate_arn
  tags              = var.tags

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[each.value.target_group].arn
  }
}
