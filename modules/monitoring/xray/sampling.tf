resource "aws_xray_sampling_rule" "this" {
  for_each = var.sampling_rules

  rule_name      = "${var.name}-${each.key}"
  priority       = each.value.priority
  fixed_rate     = each.value.fixed_rate
  reservoir_size = each.value.reservoir_per_second
  service_name   = each.value.service_name
  service_type   = each.value.service_type
  host           = each.value.host
  http_method    = each.value.http_method
  url_path       = each.value.url_path
  attributes     = each.value.attributes
  # The API takes no other value in a rule that a person makes.
  resource_arn = "*"
  # The only version that there is.
  version = 1

  tags = var.tags
}
