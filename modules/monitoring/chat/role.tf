data "aws_partition" "current" {}

locals {
  may_read = "arn:${data.aws_partition.current.partition}:iam::aws:policy/CloudWatchReadOnlyAccess"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["chatbot.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role" "this" {
  count = length(var.slack_channels) > 0 ? 1 : 0

  name               = "${var.name}-chat"
  description        = "Lets chat rooms show the graphs of the alarms they hear of"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "read" {
  count = length(var.slack_channels) > 0 ? 1 : 0

  role       = aws_iam_role.this[0].name
  policy_arn = local.may_read
}
