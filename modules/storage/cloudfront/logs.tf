# Log delivery, not the older logging of the distribution: that one needs a bucket with ACLs.
resource "aws_cloudwatch_log_delivery_source" "this" {
  count = var.access_log == null ? 0 : 1

  name         = var.name
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this.arn
  tags         = var.tags
}

resource "aws_cloudwatch_log_delivery_destination" "this" {
  count = var.access_log == null ? 0 : 1

  name          = var.name
  output_format = "parquet"
  tags          = var.tags

  delivery_destination_configuration {
    destination_resource_arn = "${var.access_log.bucket_arn}/cloudfront/${var.name}"
  }
}

resource "aws_cloudwatch_log_delivery" "this" {
  count = var.access_log == null ? 0 : 1

  delivery_source_name     = aws_cloudwatch_log_delivery_source.this[0].name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.this[0].arn
  tags                     = var.tags

  # A folder a distribution and day, as storage/athena reads them.
  s3_delivery_configuration {
    suffix_path = "/{DistributionId}/{yyyy}/{MM}/{dd}/{HH}"
  }
}
