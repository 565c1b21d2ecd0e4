resource "aws_s3_bucket_replication_configuration" "this" {
  count = length(var.replication_rules) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this.id
  role   = aws_iam_role.replication[0].arn

  dynamic "rule" {
    for_each = var.replication_rules

    content {
      id       = rule.key
      priority = rule.value.priority
      status   = "Enabled"

      filter {
        prefix = rule.value.prefix
      }

      delete_marker_replication {
        status = rule.value.replicate_delete_markers ? "Enabled" : "Disabled"
      }

      dynamic "source_selection_criteria" {
        for_each = rule.value.destination_kms_key_arn[*]

        content {
          sse_kms_encrypted_objects {
            status = "Enabled"
          }
        }
      }

      destination {
        bucket        = rule.value.destination_bucket_arn
        account       = rule.value.destination_account_id
        storage_class = rule.value.storage_class

        dynamic "access_control_translation" {
          for_each = rule.value.destination_account_id[*]

          content {
            owner = "Destination"
          }
        }

        dynamic "encryption_configuration" {
          for_each = rule.value.destination_kms_key_arn[*]

          content {
            replica_kms_key_id = encryption_configuration.value
          }
        }
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

locals {
  # A role name has at most 64 characters and a bucket name up to 63: cut it, and let a hash keep it apart from others.
  _long_role_name = "${var.name}-replication"
  role_name       = length(local._long_role_name) <= 64 ? local._long_role_name : "${substr(var.name, 0, 43)}-${substr(sha1(var.name), 0, 8)}-replication"
}

resource "aws_iam_role" "replication" {
  count = length(var.replication_rules) > 0 ? 1 : 0

  name               = local.role_name
  description        = "Copies objects of ${var.name} to other buckets"
  assume_role_policy = data.aws_iam_policy_document.replication_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "replication_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.arn]
    }
  }
}

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
data "aws_iam_policy_document" "replication" {
  statement {
    sid       = "ReadConfiguration"
    actions   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
    resources = [local.arn]
  }

  statement {
    sid       = "ReadVersions"
    actions   = ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"]
    resources = ["${local.arn}/*"]
  }

  dynamic "statement" {
    for_each = length(var.replication_rules) > 0 ? [1] : []

    content {
      sid       = "WriteCopies"
      actions   = ["s3:ObjectOwnerOverrideToBucketOwner", "s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"]
      resources = [for rule in var.replication_rules : "${rule.destination_bucket_arn}/*"]
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "ReadEncrypted"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${data.aws_region.current.name}.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = anytrue([for rule in var.replication_rules : rule.destination_kms_key_arn != null]) ? [1] : []

    content {
      sid       = "WriteEncrypted"
      actions   = ["kms:Encrypt", "kms:GenerateDataKey"]
      resources = distinct([for rule in var.replication_rules : rule.destination_kms_key_arn if rule.destination_kms_key_arn != null])

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = ["s3.*.amazonaws.com"] # the copy's region is its bucket's
      }
    }
  }
}

resource "aws_iam_role_policy" "replication" {
  count = length(var.replication_rules) > 0 ? 1 : 0

  name   = "replication"
  role   = aws_iam_role.replication[0].name
  policy = data.aws_iam_policy_document.replication.json
}
