resource "aws_route53_health_check" "this" {
  for_each = var.health_checks

  type              = "HTTPS"
  fqdn              = each.value.host
  port              = each.value.port
  resource_path     = each.value.path
  request_interval  = each.value.interval_seconds
  failure_threshold = each.value.failures
  # Without the host's name in the handshake, shared endpoints answer with another certificate.
  enable_sni = true
  tags       = merge(var.tags, { Name = "${var.name}-${each.key}" })
}
