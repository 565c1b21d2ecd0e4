resource "aws_route53_zone" "this" {
  name          = var.domain_name
  comment       = var.name
  force_destroy = var.destroy_records_too
  tags          = var.tags

  # With a VPC the zone answers inside those networks only; without one it answers the internet.
  dynamic "vpc" {
    for_each = var.private_to_vpc_ids

    content {
      vpc_id = vpc.value
    }
  }
}

resource "aws_route53_record" "delegation" {
  count = var.parent == null ? 0 : 1

  zone_id = var.parent.zone_id
  name    = var.domain_name
  type    = "NS"
  ttl     = 3600
  records = aws_route53_zone.this.name_servers
}

resource "aws_route53_query_log" "this" {
  count = var.query_log == null ? 0 : 1

  zone_id                  = aws_route53_zone.this.zone_id
  cloudwatch_log_group_arn = var.query_log.log_group_arn
}
