# AWS's own policy lets any account's credentials through, so data could leave with a stranger's key.
data "aws_iam_policy_document" "own_account" {
  statement {
    sid       = "PrincipalsOfThisAccount"
    actions   = ["*"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }
}

data "aws_iam_policy_document" "own_account_and_image_layers" {
  source_policy_documents = [data.aws_iam_policy_document.own_account.json]

  statement {
    # Image layers come from a bucket of ECR's, by addresses that ECR has signed and not this account.
    sid       = "ImageLayersOfEcr"
    actions   = ["s3:GetObject"]
    resources = ["arn:${data.aws_partition.current.partition}:s3:::prod-${data.aws_region.current.name}-starport-layer-bucket/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
