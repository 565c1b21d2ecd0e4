resource "aws_route53_key_signing_key" "this" {
  count = var.dnssec == null ? 0 : 1

  hosted_zone_id             = aws_route53_zone.this.zone_id
  key_management_service_arn = var.dnssec.key_arn
  # Route 53 takes letters, digits and underscores here.
  name = replace(var.name, "/[^a-zA-Z0-9]/", "_")
}

resource "aws_route53_hosted_zone_dnssec" "this" {
  count = var.dnssec == null ? 0 : 1

  hosted_zone_id = aws_route53_key_signing_key.this[0].hosted_zone_id
}

# Signatures that are no longer renewed run out within days, and the domain is gone for every resolver that checks:
# https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
resource "aws_cloudwatch_metric_alarm" "dnssec" {
  for_each = var.dnssec == null ? {} : {
    failure = {
      metric      = "DNSSECInternalFailure"
      description = "Route 53 cannot sign the answers of ${var.domain_name}."
    }
    key = {
      metric      = "DNSSECKeySigningKeysNeedingAction"
      description = "Route 53 cannot use the key that signs ${var.domain_name}: disabled, deleted, or a policy that no longer lets it."
    }
  }

  alarm_name        = "${var.name}-dnssec-${each.key}"
  alarm_description = each.value.description
  namespace         = "AWS/Route53"
  metric_name       = each.value.metric
  dimensions        = { HostedZoneId = aws_route53_zone.this.zone_id }
  statistic         = "Sum"
  # Route 53 publishes once in four hours.
  period              = 14400
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "ignore"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags
}
