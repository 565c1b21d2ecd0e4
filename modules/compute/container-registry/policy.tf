data "aws_iam_policy_document" "pull" {
  for_each = length(var.pull_account_ids) + length(var.pull_service_source_arns) > 0 ? var.repositories : {}

  dynamic "statement" {
    for_each = length(var.pull_account_ids) > 0 ? [var.pull_account_ids] : []
    content {
      sid     = "PullFromOtherAccounts"
      actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      principals {
        type        = "AWS"
        identifiers = [for account in statement.value : "arn:${data.aws_partition.current.partition}:iam::${account}:root"]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.pull_service_source_arns) > 0 ? [var.pull_service_source_arns] : []
    content {
      sid     = "PullByLambda"
      actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      principals {
        type        = "Service"
        identifiers = ["lambda.amazonaws.com"]
      }
      condition {
        test     = "ArnLike"
        variable = "aws:SourceArn"
        values   = statement.value
      }
    }
  }
}

data "aws_partition" "current" {}

resource "aws_ecr_repository_policy" "pull" {
  for_each = length(var.pull_account_ids) + length(var.pull_service_source_arns) > 0 ? var.repositories : {}

  repository = aws_ecr_repository.this[each.key].name
  policy     = data.aws_iam_policy_document.pull[each.key].json
}
