# A group gathers the traces that match, counts them as metrics and, with insights, finds what is unusual.
resource "aws_xray_group" "this" {
  for_each = var.groups

  group_name        = "${var.name}-${each.key}"
  filter_expression = each.value.filter_expression

  insights_configuration {
    insights_enabled      = each.value.insights
    notifications_enabled = each.value.notifications
  }

  tags = var.tags
}
