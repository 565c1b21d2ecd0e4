# Log delivery, not the older logging of the distribution: that one needs a bucket with ACLs.
resource "aws_cloudwatch_log_delivery_source" "this" {
  count = var.log_bucket_arn == null ? 0 : 1

  name         = var.name
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this.arn
}

resource "aws_cloudwatch_log_delivery_destination" "this" {
  count = var.log_bucket_arn == null ? 0 : 1

  name          = var.name
  output_format = "parquet"
  tags          = var.tags

  delivery_destination_configuration {
    destination_resource_arn = "${var.log_bucket_arn}/cloudfront/${var.name}"
  }
}

resource "aws_cloudwatch_log_delivery" "this" {
  count = var.log_bucket_arn == null ? 0 : 1

  delivery_source_name     = aws_cloudwatch_log_delivery_source.this[0].name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.this[0].arn
  tags                     = var.tags

  # Hive-like folders, so that a table can be partitioned by time without a crawler.
  s3_delivery_configuration {
    enable_hive_compatible_path = true
    suffix_path                 = "/{yyyy}/{MM}/{dd}/{HH}"
  }
}
