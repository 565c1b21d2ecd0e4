# A domain in a VPC needs the account's service-linked role for OpenSearch (opensearchservice.amazonaws.com), which exists
# once an account: the console makes it, or `aws iam create-service-linked-role`.
resource "aws_opensearch_domain" "this" {
  domain_name     = var.name
  engine_version  = var.engine_version
  access_policies = data.aws_iam_policy_document.access.json
  tags            = var.tags

  cluster_config {
    instance_type            = var.nodes.type
    instance_count           = var.nodes.count
    zone_awareness_enabled   = var.zone_count > 1
    dedicated_master_enabled = var.dedicated_masters != null
    dedicated_master_type    = one(var.dedicated_masters[*].type)
    dedicated_master_count   = one(var.dedicated_masters[*].count)
    warm_enabled             = var.ultra_warm != null
    warm_type                = one(var.ultra_warm[*].type)
    warm_count               = one(var.ultra_warm[*].count)

    dynamic "zone_awareness_config" {
      for_each = var.zone_count > 1 ? [var.zone_count] : []

      content {
        availability_zone_count = zone_awareness_config.value
      }
    }

    dynamic "cold_storage_options" {
      for_each = var.ultra_warm[*]

      content {
        enabled = cold_storage_options.value.cold_storage
      }
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = var.storage.size_gb
    iops        = var.storage.iops
    throughput  = var.storage.throughput
  }

  vpc_options {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.security_group_ids
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = var.kms_key_arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  # The master user is an IAM role: a password would lie in the state.
  advanced_security_options {
    enabled                        = true
    anonymous_auth_enabled         = false
    internal_user_database_enabled = false

    master_user_options {
      master_user_arn = var.master_role_arn
    }
  }

  # A request that names an index in its body could go round what its address allows.
  advanced_options = {
    "rest.action.multi.allow_explicit_index" = "false"
    "override_main_response_version"         = "false"
  }

  dynamic "log_publishing_options" {
    for_each = local.logs

    content {
      log_type                 = log_publishing_options.key
      cloudwatch_log_group_arn = aws_cloudwatch_log_group.this[log_publishing_options.key].arn
    }
  }

  auto_tune_options {
    desired_state       = startswith(var.nodes.type, "t") ? "DISABLED" : "ENABLED" # AWS has none for the t sizes
    rollback_on_disable = "NO_ROLLBACK"
  }

  off_peak_window_options {
    enabled = true

    off_peak_window {
      window_start_time {
        hours   = var.off_peak_start_hour
        minutes = 0
      }
    }
  }

  software_update_options {
    auto_software_update_enabled = true
  }

  # The domain tries to write its logs when it is made.
  depends_on = [aws_cloudwatch_log_resource_policy.this]
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# Who reaches the domain at all; what each role may do inside, its master maps (fine-grained access control).
data "aws_iam_policy_document" "access" {
  statement {
    sid       = "NamedRoles"
    actions   = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"]
    resources = ["arn:${data.aws_partition.current.partition}:es:${data.aws_region.current.name}:${var.account_id}:domain/${var.name}/*"]

    principals {
      type        = "AWS"
      identifiers = concat([var.master_role_arn], tolist(var.client_role_arns))
    }
  }
}
