# A copy in CloudWatch, where metric filters and alarms can read it within minutes.
resource "aws_cloudwatch_log_group" "this" {
  count = var.log_retention_days == null ? 0 : 1

  name              = "/aws/cloudtrail/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

data "aws_iam_policy_document" "logs_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role" "logs" {
  count = var.log_retention_days == null ? 0 : 1

  name               = "${var.name}-logs"
  description        = "Lets CloudTrail write the trail ${var.name} to its log group"
  assume_role_policy = data.aws_iam_policy_document.logs_trust.json
  tags               = var.tags
}

data "aws_region" "current" {}

data "aws_iam_policy_document" "logs" {
  statement {
    sid     = "WriteOwnLog"
    actions = ["logs:CreateLogStream", "logs:PutLogEvents"]
    # CloudTrail names its streams <account>_CloudTrail_<region>.
    resources = ["arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.name}:${var.account_id}:log-group:/aws/cloudtrail/${var.name}:log-stream:*_CloudTrail_*"]
  }
}

resource "aws_iam_role_policy" "logs" {
  count = var.log_retention_days == null ? 0 : 1

  name   = "write-log"
  role   = aws_iam_role.logs[0].name
  policy = data.aws_iam_policy_document.logs.json
}
