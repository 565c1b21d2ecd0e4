# Every one of these costs: Shield Advanced is a subscription by the year that an account buys first
# (https://docs.aws.amazon.com/waf/latest/developerguide/enable-ddos-prem.html); without it AWS refuses protections.
resource "aws_shield_protection" "this" {
  for_each = var.bought ? var.resources : {}

  name         = "${var.name}-${each.key}"
  resource_arn = each.value.arn
  tags         = var.tags
}

resource "aws_shield_application_layer_automatic_response" "this" {
  for_each = { for key, resource in var.resources : key => resource if var.bought && resource.automatic_response != null }

  resource_arn = aws_shield_protection.this[each.key].resource_arn
  action       = upper(each.value.automatic_response)
}

resource "aws_shield_protection_health_check_association" "this" {
  for_each = { for key, resource in var.resources : key => resource if var.bought && resource.health_check != null }

  shield_protection_id = aws_shield_protection.this[each.key].id
  health_check_arn     = each.value.health_check.arn
}

# Lines of defence that are hit together are judged together.
resource "aws_shield_protection_group" "this" {
  count = var.bought && length(var.resources) > 0 ? 1 : 0

  protection_group_id = var.name
  aggregation         = "MAX"
  pattern             = "ARBITRARY"
  members             = [for protection in aws_shield_protection.this : protection.resource_arn]
  tags                = var.tags
}
