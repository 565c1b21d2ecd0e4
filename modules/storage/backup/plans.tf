resource "aws_backup_plan" "this" {
  for_each = var.plans

  name = "${var.name}-${each.key}"
  tags = var.tags

  dynamic "rule" {
    for_each = each.value.rules

    content {
      rule_name                = rule.key
      target_vault_name        = aws_backup_vault.this.name
      schedule                 = rule.value.schedule
      start_window             = rule.value.start_window_minutes
      completion_window        = rule.value.completion_window_minutes
      enable_continuous_backup = rule.value.continuous
      recovery_point_tags      = var.tags

      lifecycle {
        delete_after       = rule.value.keep_days
        cold_storage_after = rule.value.cold_after_days
      }

      dynamic "copy_action" {
        for_each = rule.value.copies

        content {
          destination_vault_arn = coalesce(copy_action.value.vault_arn, lookup(var.copy_vault_arns, copy_action.key, null))

          lifecycle {
            delete_after       = copy_action.value.keep_days
            cold_storage_after = copy_action.value.cold_after_days
          }
        }
      }
    }
  }
}

resource "aws_backup_selection" "this" {
  for_each = var.plans

  name         = "${var.name}-${each.key}"
  plan_id      = aws_backup_plan.this[each.key].id
  iam_role_arn = aws_iam_role.this[0].arn
  resources    = length(each.value.selected_arns) == 0 ? ["*"] : each.value.selected_arns

  # All of these must fit: a tag alone would also take what another environment of the account left behind.
  dynamic "condition" {
    for_each = length(each.value.selected_by_tags) == 0 ? [] : [each.value.selected_by_tags]

    content {
      dynamic "string_equals" {
        for_each = condition.value

        content {
          key   = "aws:ResourceTag/${string_equals.key}"
          value = string_equals.value
        }
      }
    }
  }

  # Backup tries the role when it is named.
  depends_on = [aws_iam_role_policy_attachment.this]
}
