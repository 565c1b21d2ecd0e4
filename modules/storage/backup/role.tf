data "aws_partition" "current" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }
  }
}

# A vault that only takes copies needs no role.
resource "aws_iam_role" "this" {
  count = length(var.plans) > 0 ? 1 : 0

  name               = "${var.name}-backup"
  description        = "Lets AWS Backup read what it keeps, and restore it"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = length(var.plans) == 0 ? {} : {
    backup     = "service-role/AWSBackupServiceRolePolicyForBackup"
    restore    = "service-role/AWSBackupServiceRolePolicyForRestores"
    s3-backup  = "AWSBackupServiceRolePolicyForS3Backup"
    s3-restore = "AWSBackupServiceRolePolicyForS3Restore"
  }

  role       = aws_iam_role.this[0].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/${each.value}"
}
