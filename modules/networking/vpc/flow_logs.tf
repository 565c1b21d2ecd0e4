data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  flow_log_group_name = "/aws/vpc/${var.name}/flow-logs"

  flow_log_to_cloudwatch = var.flow_logs == null ? false : var.flow_logs.s3 == null
}

resource "aws_flow_log" "this" {
  count = var.flow_logs == null ? 0 : 1

  vpc_id                   = aws_vpc.this.id
  traffic_type             = var.flow_logs.traffic_type
  max_aggregation_interval = var.flow_logs.aggregation_seconds
  log_destination_type     = local.flow_log_to_cloudwatch ? "cloud-watch-logs" : "s3"
  log_destination          = local.flow_log_to_cloudwatch ? one(aws_cloudwatch_log_group.flow_logs[*].arn) : var.flow_logs.s3.bucket_arn
  iam_role_arn             = one(aws_iam_role.flow_logs[*].arn)
  tags                     = merge(var.tags, { Name = var.name })

  dynamic "destination_options" {
    for_each = local.flow_log_to_cloudwatch ? [] : ["s3"]

    content {
      # Hourly Hive folders of Parquet files: what Athena reads cheapest.
      file_format                = "parquet"
      hive_compatible_partitions = true
      per_hour_partition         = true
    }
  }
}

resource "aws_cloudwatch_log_group" "flow_logs" {
  count = local.flow_log_to_cloudwatch ? 1 : 0

  name              = local.flow_log_group_name
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_iam_role" "flow_logs" {
  count = local.flow_log_to_cloudwatch ? 1 : 0

  name                 = "${var.name}-vpc-flow-logs"
  assume_role_policy   = data.aws_iam_policy_document.flow_logs_trust.json
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_role_policy" "flow_logs" {
  count = local.flow_log_to_cloudwatch ? 1 : 0

  name   = "write-flow-logs"
  role   = aws_iam_role.flow_logs[0].name
  policy = data.aws_iam_policy_document.flow_logs_write.json
}

data "aws_iam_policy_document" "flow_logs_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }

    # Without it any account's flow log could borrow this role through the service.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

data "aws_iam_policy_document" "flow_logs_write" {
  statement {
    actions = [
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
    ]
    # Spelled out, so that a plan shows the whole policy before the group exists.
    resources = [
      "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.name}:${var.account_id}:log-group:${local.flow_log_group_name}:*"
    ]
  }
}
