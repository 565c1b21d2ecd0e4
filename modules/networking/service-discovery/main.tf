resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = var.namespace
  description = "Services of ${var.name}"
  vpc         = var.vpc_id
  tags        = merge(var.tags, { Name = var.name })
}

resource "aws_service_discovery_service" "this" {
  for_each = var.services

  name          = each.key
  description   = "${each.key}.${var.namespace}"
  force_destroy = var.destroy_instances_too
  tags          = var.tags

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.this.id
    routing_policy = each.value.routing_policy

    dynamic "dns_records" {
      for_each = each.value.record_types

      content {
        type = dns_records.value
        ttl  = each.value.ttl_seconds
      }
    }
  }

  # Whoever registers an instance (ECS does) says whether it is healthy; Route 53 cannot probe inside a VPC.
  health_check_custom_config {
    failure_threshold = 1
  }
}
