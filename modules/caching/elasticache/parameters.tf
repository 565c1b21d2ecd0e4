locals {
  families = { "valkey 7" = "valkey7", "valkey 8" = "valkey8", "redis 7" = "redis7" }
  family   = local.families["${var.engine.name} ${split(".", var.engine.version)[0]}"]

  parameters = merge(var.parameters, local.cluster_mode ? { "cluster-enabled" = "yes" } : {})
}

resource "aws_elasticache_parameter_group" "this" {
  # The family is part of the name: another one needs a new group before the old one can go.
  name        = "${var.name}-${local.family}"
  description = "Settings of ${var.name}."
  family      = local.family

  dynamic "parameter" {
    for_each = local.parameters
    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  tags = var.tags

  lifecycle {
    create_before_destroy = true
  }
}
