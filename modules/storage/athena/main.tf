resource "aws_athena_workgroup" "this" {
  name          = var.name
  description   = "Queries over the logs of ${var.name}"
  force_destroy = var.allow_destroy_with_queries
  tags          = var.tags

  configuration {
    # What a client asks for otherwise does not count.
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.scan_limit_gb * 1024 * 1024 * 1024

    engine_version {
      selected_engine_version = "Athena engine version 3"
    }

    result_configuration {
      output_location       = "s3://${var.results.bucket_name}/${var.results.prefix}"
      expected_bucket_owner = var.account_id

      encryption_configuration {
        encryption_option = var.results.kms_key_arn == null ? "SSE_S3" : "SSE_KMS"
        kms_key_arn       = var.results.kms_key_arn
      }
    }
  }
}

resource "aws_glue_catalog_database" "this" {
  name        = local.database
  description = "Tables over the logs of ${var.name}"
  tags        = var.tags
}

resource "aws_athena_named_query" "this" {
  for_each = var.queries

  name        = each.key
  description = each.value.description
  database    = aws_glue_catalog_database.this.name
  workgroup   = aws_athena_workgroup.this.id
  query       = each.value.sql
}

locals {
  # Athena reads a hyphen in a name as minus unless it is quoted.
  database = replace(var.name, "-", "_")
}
