resource "aws_backup_vault" "this" {
  name          = var.name
  kms_key_arn   = var.kms_key_arn
  force_destroy = var.allow_destroy_with_backups
  tags          = var.tags
}

# Governance mode: who holds backup:DeleteBackupVaultLockConfiguration can take the lock away. With changeable_for_days it
# becomes compliance mode when those days are over, which nobody can undo, AWS included.
resource "aws_backup_vault_lock_configuration" "this" {
  count = var.lock == null ? 0 : 1

  backup_vault_name   = aws_backup_vault.this.name
  min_retention_days  = var.lock.minimum_days
  max_retention_days  = var.lock.maximum_days
  changeable_for_days = var.lock.compliance_mode_that_nobody_can_undo ? 3 : null # the fewest that AWS allows
}

data "aws_iam_policy_document" "vault" {
  # Whoever gets hold of a deploy role must not be able to remove what would undo the damage.
  statement {
    sid       = "DenyDeletion"
    effect    = "Deny"
    actions   = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    dynamic "condition" {
      for_each = length(var.administrator_arns) > 0 ? [var.administrator_arns] : []

      content {
        test     = "ArnNotEquals"
        variable = "aws:PrincipalArn"
        values   = condition.value
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.source_account_ids) > 0 ? [var.source_account_ids] : []

    content {
      sid       = "TakeCopies"
      actions   = ["backup:CopyIntoBackupVault"]
      resources = ["*"]

      principals {
        type        = "AWS"
        identifiers = [for account in statement.value : "arn:${data.aws_partition.current.partition}:iam::${account}:root"]
      }
    }
  }
}

resource "aws_backup_vault_policy" "this" {
  backup_vault_name = aws_backup_vault.this.name
  policy            = data.aws_iam_policy_document.vault.json
}

resource "aws_backup_vault_notifications" "this" {
  count = var.topic == null ? 0 : 1

  backup_vault_name   = aws_backup_vault.this.name
  sns_topic_arn       = var.topic.arn
  backup_vault_events = ["BACKUP_JOB_FAILED", "BACKUP_JOB_EXPIRED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"]
}
