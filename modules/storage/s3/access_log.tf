resource "aws_s3_bucket_logging" "this" {
  count = var.access_log == null ? 0 : 1

  bucket        = aws_s3_bucket.this.id
  target_bucket = var.access_log.bucket_name
  target_prefix = coalesce(var.access_log.prefix, "s3/${var.name}/")

  # One folder a day, so that a query reads the days it asks for and no others.
  target_object_key_format {
    partitioned_prefix {
      partition_date_source = "EventTime"
    }
  }
}
