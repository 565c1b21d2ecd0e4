locals {
  # A domain and its wildcard are proven by the same record, so each is asked for once, without the star.
  proven_domains = toset([for domain in concat([var.domain_name], tolist(var.alternative_names)) : trimprefix(domain, "*.")])
}

resource "aws_acm_certificate" "this" {
  domain_name               = var.domain_name
  subject_alternative_names = var.alternative_names
  validation_method         = "DNS"
  tags                      = merge(var.tags, { Name = var.name })

  lifecycle {
    # A listener holds the old certificate until it has the new one.
    create_before_destroy = true
  }
}

# They stay for good: ACM renews for as long as it finds them.
resource "aws_route53_record" "validation" {
  for_each = local.proven_domains

  zone_id = var.zone_id
  name    = local.validation_records[each.key].resource_record_name
  type    = local.validation_records[each.key].resource_record_type
  records = [local.validation_records[each.key].resource_record_value]
  ttl     = 300
  # Another certificate for the same domain, in this region or another, is proven by the same record.
  allow_overwrite = true
}

locals {
  validation_records = {
    for domain in local.proven_domains : domain => [
      for option in aws_acm_certificate.this.domain_validation_options : option if trimprefix(option.domain_name, "*.") == domain
    ][0]
  }
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_cloudwatch_metric_alarm" "expiry" {
  count = var.alarm_days_before_expiry == null ? 0 : 1

  alarm_name        = "${var.name}-certificate-expiry"
  alarm_description = "The certificate of ${var.domain_name} was not renewed: its validation record is probably gone."
  namespace         = "AWS/CertificateManager"
  metric_name       = "DaysToExpiry"
  dimensions        = { CertificateArn = aws_acm_certificate.this.arn }
  statistic         = "Minimum"
  # ACM publishes twice a day.
  period              = 86400
  evaluation_periods  = 1
  comparison_operator = "LessThanThreshold"
  threshold           = var.alarm_days_before_expiry
  treat_missing_data  = "ignore"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags
}
